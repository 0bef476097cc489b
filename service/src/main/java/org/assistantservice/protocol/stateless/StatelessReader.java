package org.assistantservice.protocol.stateless;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.protocol.stateless.ClientContext.Entry;
import org.assistantservice.protocol.stateless.ClientContext.Role;
import org.assistantservice.protocol.stateless.ClientContext.Spelling;
import org.assistantservice.server.BodyMistakes;
import org.assistantservice.server.Problem;
import org.assistantservice.server.StorableText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the body of a chat request: the shape first, then what the values can mean. Fields nobody
/// knows are ignored, and null stands for an absent field. Thread-safe.
@Singleton
final class StatelessReader {
    private static final String CONTEXT = "context";

    private final StatelessSettings settings;

    StatelessReader(StatelessSettings settings) {
        this.settings = settings;
    }

    /// @throws org.assistantservice.server.ProblemException 422 if the shape is wrong, 400 if a
    ///   value cannot be meant, 413 if the context is too long
    StatelessMessage read(byte[] body) {
        JsonNode root = BodyMistakes.object(body);
        BodyMistakes mistakes = new BodyMistakes();
        String message = mistakes.text(root, "message");
        String systemPrompt = mistakes.optionalText(root, "system_prompt");
        ClientContext context = context(root.path(CONTEXT), mistakes);
        mistakes.throwIfAny();
        checkText("Message", message);
        if (message.isBlank()) {
            throw invalid("Message must not be empty");
        }
        checkText("System prompt", systemPrompt == null ? "" : systemPrompt);
        return new StatelessMessage(message, systemPrompt == null ? "" : systemPrompt, context);
    }

    private void checkText(String name, String text) {
        int most = settings.maxMessageCharacters();
        if (text.length() > most && text.codePointCount(0, text.length()) > most) {
            throw invalid(name + " too long");
        }
        if (!StorableText.is(text)) {
            throw invalid(name + " has characters that cannot be kept");
        }
    }

    private ClientContext context(JsonNode node, BodyMistakes mistakes) {
        if (node.isMissingNode() || node.isNull()) {
            return ClientContext.NONE;
        }
        if (!node.isObject()) {
            mistakes.add(
                    "model_attributes_type",
                    "Input should be a valid dictionary or object to extract fields from",
                    node,
                    CONTEXT);
            return ClientContext.NONE;
        }
        if (JsonMapper.shared().writeValueAsBytes(node).length > settings.maxContextBytes()) {
            throw Problem.tooLarge().toException();
        }
        Spelling spelling = spelling(node);
        String summary = mistakes.optionalText(node, spelling.summary, CONTEXT);
        return new ClientContext(
                history(node.path(spelling.history), spelling, mistakes),
                summary == null ? "" : summary,
                spelling);
    }

    private static Spelling spelling(JsonNode context) {
        boolean isLong = context.has(Spelling.LONG.history) || context.has(Spelling.LONG.summary);
        boolean isShort =
                context.has(Spelling.SHORT.history) || context.has(Spelling.SHORT.summary);
        return isShort && !isLong ? Spelling.SHORT : Spelling.LONG;
    }

    private static List<Entry> history(JsonNode node, Spelling spelling, BodyMistakes mistakes) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            mistakes.add(
                    "list_type", "Input should be a valid list", node, CONTEXT, spelling.history);
            return List.of();
        }
        List<Entry> history = new ArrayList<>();
        for (int i = 0; i < node.size() && !mistakes.isFull(); i++) {
            history.add(entry(node.get(i), mistakes, CONTEXT, spelling.history, i));
        }
        return history;
    }

    private static Entry entry(JsonNode node, BodyMistakes mistakes, Object... place) {
        if (!node.isObject()) {
            mistakes.add(
                    "model_attributes_type",
                    "Input should be a valid dictionary or object to extract fields from",
                    node,
                    place);
            return new Entry(Role.HUMAN, "");
        }
        return new Entry(role(node, mistakes, place), mistakes.text(node, "content", place));
    }

    private static Role role(JsonNode entry, BodyMistakes mistakes, Object... place) {
        String written = entry.path("role").asString("");
        for (Role role : Role.values()) {
            if (role.wire.equals(written)) {
                return role;
            }
        }
        if (entry.path("role").isString()) {
            String expected = "'human', 'ai' or 'system'";
            mistakes.add(
                            "literal_error",
                            "Input should be " + expected,
                            entry.path("role"),
                            place[0],
                            place[1],
                            place[2],
                            "role")
                    .putObject("ctx")
                    .put("expected", expected);
        } else {
            mistakes.text(entry, "role", place);
        }
        return Role.HUMAN;
    }

    private static RuntimeException invalid(String message) {
        return new Problem(HttpStatus.BAD_REQUEST, "invalid_value", message).toException();
    }
}
