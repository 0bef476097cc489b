package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import org.assistantservice.server.BodyMistakes;
import org.assistantservice.server.Problem;
import org.assistantservice.server.StorableText;
import tools.jackson.databind.JsonNode;

/// Reads the body of POST `/chat`. What does not fit is refused with a list of items, one for each
/// mistake, in the form that old clients know. Thread-safe.
@Singleton
final class ChatMessageReader {
    private final ChatSettings settings;

    ChatMessageReader(ChatSettings settings) {
        this.settings = settings;
    }

    /// @throws org.assistantservice.server.ProblemException 422 if the shape is wrong
    ChatMessage read(byte[] body) {
        JsonNode root = BodyMistakes.object(body);
        BodyMistakes mistakes = new BodyMistakes();
        String threadId = mistakes.text(root, "thread_id");
        String message = mistakes.text(root, "message");
        String assistantId = mistakes.optionalText(root, "assistant_id");
        String clientMessageId = mistakes.optionalText(root, "client_message_id");
        mistakes.throwIfAny();
        return new ChatMessage(threadId, message, assistantId, clientMessageId);
    }

    /// @throws org.assistantservice.server.ProblemException 400 if a value cannot be meant
    void check(ChatMessage message) {
        if (message.threadId().isEmpty()) {
            throw invalid("missing_field", "Missing thread_id", "thread_id");
        }
        String text = message.message();
        if (text.isBlank()) {
            throw invalid("missing_field", "Missing message", "message");
        }
        if (isTooLong(text)) {
            throw invalid("message_too_long", "Message too long", "message");
        }
        if (!StorableText.is(text)) {
            throw invalid("invalid_message", "Invalid message", "message");
        }
        String id = message.clientMessageId();
        if (id != null && !IdempotencyKeys.isKey(id)) {
            throw invalid(
                    "invalid_client_message_id",
                    "client_message_id must be 1 to 255 printable ASCII characters",
                    "client_message_id");
        }
    }

    private boolean isTooLong(String text) {
        int most = settings.maxMessageCharacters();
        return text.length() > most && text.codePointCount(0, text.length()) > most;
    }

    private static RuntimeException invalid(String code, String message, String param) {
        return new Problem(HttpStatus.BAD_REQUEST, code, message).param(param).toException();
    }
}
