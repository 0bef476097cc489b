package org.assistantservice.testing;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A request as it reached a [ScriptedModelServer].
///
/// @param order arrival order, from 0
/// @param target path and query, e.g. `/v1/chat/completions`
/// @param headers names in lower case; of a repeated header the last value
/// @param body the parsed JSON; a missing node if there was none or it was no JSON
public record RecordedRequest(
        int order, String method, String target, Map<String, String> headers, JsonNode body) {
    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /// The text of the last message with role `user`, or an empty text.
    public String lastUserText() {
        String text = "";
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                text = message.path("content").asString("");
            }
        }
        return text;
    }

    /// The role of the last message, or an empty text.
    public String lastRole() {
        return lastMessage().path("role").asString("");
    }

    /// The content of the last message, or an empty text.
    public String lastText() {
        return lastMessage().path("content").asString("");
    }

    private JsonNode lastMessage() {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1);
    }
}
