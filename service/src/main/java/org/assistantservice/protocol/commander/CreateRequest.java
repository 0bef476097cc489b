package org.assistantservice.protocol.commander;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.server.BodyMistakes;
import tools.jackson.databind.JsonNode;

/// The body of POST `/api/create`.
record CreateRequest(String userName, String name, String instructions, List<String> fileUrls) {
    private static final int MAX_NAME = 256;
    private static final int MAX_URL = 4096;

    CreateRequest {
        fileUrls = List.copyOf(fileUrls);
    }

    /// @throws org.assistantservice.server.ProblemException 422 if the shape is wrong, 400 if a
    ///   value is
    static CreateRequest read(byte[] body, CommanderSettings settings) {
        JsonNode root = BodyMistakes.object(body);
        BodyMistakes mistakes = new BodyMistakes();
        var request =
                new CreateRequest(
                        mistakes.text(root, "userName"),
                        mistakes.text(root, "name"),
                        mistakes.text(root, "instructions"),
                        urls(root, mistakes));
        mistakes.throwIfAny();
        request.check(settings);
        return request;
    }

    private static List<String> urls(JsonNode root, BodyMistakes mistakes) {
        JsonNode urls = root.path("fileURLs");
        List<String> texts = new ArrayList<>();
        if (urls.isMissingNode()) {
            mistakes.add("missing", "Field required", root, "fileURLs");
        } else if (!urls.isArray()) {
            mistakes.add("list_type", "Input should be a valid list", urls, "fileURLs");
        }
        for (int i = 0; urls.isArray() && i < urls.size() && !mistakes.isFull(); i++) {
            JsonNode url = urls.path(i);
            if (url.isString()) {
                texts.add(url.stringValue());
            } else {
                mistakes.add("string_type", "Input should be a valid string", url, "fileURLs", i);
            }
        }
        return texts;
    }

    private void check(CommanderSettings settings) {
        if (userName.isEmpty()) {
            throw Refusals.badRequest(".userName was not provided");
        }
        if (name.isEmpty()) {
            throw Refusals.badRequest(".name was not provided");
        }
        if (instructions.isEmpty()) {
            throw Refusals.badRequest(".instructions were note provided");
        }
        if (fileUrls.isEmpty()) {
            throw Refusals.badRequest(".fileURLs missing. No files were provided");
        }
        Texts.check(".userName", userName, MAX_NAME);
        // It becomes part of a key, and keys are measured in UTF-16.
        if (userName.length() > MAX_NAME) {
            throw Refusals.badRequest(
                    ".userName has characters that count twice, and is too long for that");
        }
        if (!Texts.isOneLine(userName)) {
            throw Refusals.badRequest(".userName has characters that no name has");
        }
        Texts.check(".name", name, MAX_NAME);
        Texts.check(".instructions", instructions, settings.maxTextCharacters());
        if (fileUrls.size() > settings.maxFiles()) {
            throw Refusals.badRequest(".fileURLs may name %d files".formatted(settings.maxFiles()));
        }
        fileUrls.forEach(it -> Texts.check(".fileURLs", it, MAX_URL));
    }
}
