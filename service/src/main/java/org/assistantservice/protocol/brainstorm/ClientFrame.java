package org.assistantservice.protocol.brainstorm;

import org.assistantservice.server.StorableText;
import org.assistantservice.server.StrictJson;
import tools.jackson.databind.JsonNode;

/// What a client sent: `{"message":…,"chatId":…}`; other fields are ignored.
sealed interface ClientFrame {
    /// Longest chat id: every frame back repeats it.
    int LONGEST_CHAT_ID = 256;

    /// Which conversation it belongs to; empty if it does not say.
    String chatId();

    /// A message to answer.
    record Asked(String chatId, String message) implements ClientFrame {}

    /// What cannot be answered.
    ///
    /// @param error a sentence for the user, without correlation id
    record Unusable(String chatId, String error) implements ClientFrame {}

    /// Reads a text message.
    ///
    /// @param longest code points that a message may have
    static ClientFrame read(String text, int longest) {
        JsonNode root;
        try {
            root = StrictJson.parse(text);
        } catch (StrictJson.Malformed e) {
            return new Unusable("", "Invalid message");
        }
        return root.isObject() ? read(root, longest) : new Unusable("", "Invalid message");
    }

    private static ClientFrame read(JsonNode root, int longest) {
        String chatId = root.path("chatId").stringValue("");
        String message = root.path("message").stringValue("");
        if (chatId.length() > LONGEST_CHAT_ID) {
            return new Unusable("", "chatId too long");
        }
        if (chatId.isEmpty() || message.isEmpty()) {
            return new Unusable(chatId, "Missing message or chatId");
        }
        if (message.length() > longest && message.codePointCount(0, message.length()) > longest) {
            return new Unusable(chatId, "Message too long");
        }
        return StorableText.is(message) && StorableText.is(chatId)
                ? new Asked(chatId, message)
                : new Unusable(chatId, "Invalid message");
    }
}
