package org.assistantservice.scripts.chat;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// JSON text from and to values.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /// The value of `text`; a missing node if it is not JSON.
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static String body(Turns.Question question) {
        return write(
                new TreeMap<>(
                        Map.of("thread_id", question.threadId(), "message", question.message())));
    }

    /// The text at `node`, or empty if there is none.
    static String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : "";
    }
}
