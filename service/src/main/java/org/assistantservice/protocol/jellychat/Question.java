package org.assistantservice.protocol.jellychat;

import org.assistantservice.server.StorableText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// A user's message.
///
/// @param token who asks
/// @param application which program sent it, for statistics; may be empty
record Question(String token, String message, String application) {
    static final String TOKEN = "user_token";
    private static final String MESSAGE = "message";
    private static final String APPLICATION = "application";
    private static final int LONGEST_APPLICATION = 200;

    /// Reads the fields of an object; values are stripped.
    ///
    /// @throws InvalidQuestionException naming the first field that is missing
    static Question of(JsonNode object, int maxCharacters) throws InvalidQuestionException {
        return of(
                object.path(TOKEN), object.path(MESSAGE), object.path(APPLICATION), maxCharacters);
    }

    /// Reads an event: its name, then token, message and application, or one object with them.
    ///
    /// @throws InvalidQuestionException naming the first field that is missing
    static Question ofEvent(ArrayNode event, int maxCharacters) throws InvalidQuestionException {
        return event.path(1).isObject()
                ? of(event.path(1), maxCharacters)
                : of(event.path(1), event.path(2), event.path(3), maxCharacters);
    }

    private static Question of(
            JsonNode token, JsonNode message, JsonNode application, int maxCharacters)
            throws InvalidQuestionException {
        Question question =
                new Question(
                        required(token, TOKEN),
                        required(message, MESSAGE),
                        shortened(application.stringValue("").strip()));
        if (question.message.codePointCount(0, question.message.length()) > maxCharacters) {
            throw new InvalidQuestionException(
                    "'message' is longer than %d characters".formatted(maxCharacters));
        }
        return question;
    }

    private static String required(JsonNode value, String name) throws InvalidQuestionException {
        String text = value.stringValue("").strip();
        if (text.isEmpty()) {
            throw new InvalidQuestionException("'%s' is required".formatted(name));
        }
        if (!StorableText.is(text)) {
            throw new InvalidQuestionException("'%s' is not valid text".formatted(name));
        }
        return text;
    }

    private static String shortened(String application) {
        String text = StorableText.is(application) ? application : "";
        return text.length() <= LONGEST_APPLICATION
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_APPLICATION / 2));
    }
}
