package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.server.Problem;
import org.assistantservice.server.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the body of POST `/chat`. What does not fit is refused with a list of items, one for each
/// mistake, in the form that old clients know. Thread-safe.
@Singleton
final class ChatMessageReader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ECHO = 2000;

    private final ChatSettings settings;

    ChatMessageReader(ChatSettings settings) {
        this.settings = settings;
    }

    /// @throws org.assistantservice.server.ProblemException 422 if the shape is wrong
    ChatMessage read(byte[] body) {
        JsonNode root = parse(body);
        if (root.isMissingNode() || root.isNull()) {
            throw refused(item("missing", "Field required", null));
        }
        if (!root.isObject()) {
            throw refused(
                    item(
                            "model_attributes_type",
                            "Input should be a valid dictionary or object to extract fields from",
                            root));
        }
        ArrayNode items = JSON.createArrayNode();
        String threadId = required(root, "thread_id", items);
        String message = required(root, "message", items);
        String assistantId = optional(root, "assistant_id", items);
        String clientMessageId = optional(root, "client_message_id", items);
        if (!items.isEmpty()) {
            throw unprocessable(items);
        }
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
        if (!isStorable(text)) {
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

    /// No store keeps U+0000, and half a surrogate pair is no character.
    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return StrictJson.parse(body);
        } catch (StrictJson.Malformed e) {
            ObjectNode item = JSON.createObjectNode().put("type", "json_invalid");
            item.putArray("loc").add("body").add(e.position());
            item.put("msg", "JSON decode error").putObject("input");
            item.putObject("ctx").put("error", e.reason());
            throw refused(item);
        }
    }

    private static String required(JsonNode root, String name, ArrayNode items) {
        if (root.has(name)) {
            return text(root, name, items);
        }
        items.add(item("missing", "Field required", root, name));
        return "";
    }

    private static @Nullable String optional(JsonNode root, String name, ArrayNode items) {
        return root.hasNonNull(name) ? text(root, name, items) : null;
    }

    private static String text(JsonNode root, String name, ArrayNode items) {
        JsonNode value = root.path(name);
        if (value.isString()) {
            return value.stringValue();
        }
        items.add(item("string_type", "Input should be a valid string", value, name));
        return "";
    }

    private static ObjectNode item(
            String type, String message, @Nullable JsonNode input, String... field) {
        ObjectNode item = JSON.createObjectNode().put("type", type);
        ArrayNode place = item.putArray("loc").add("body");
        List.of(field).forEach(place::add);
        item.put("msg", message);
        item.set("input", input == null ? JSON.nullNode() : echo(input));
        return item;
    }

    /// The offending value, unless it is so large that it would not help anybody.
    private static JsonNode echo(JsonNode input) {
        return JSON.writeValueAsString(input).length() <= LONGEST_ECHO ? input : JSON.nullNode();
    }

    private static RuntimeException refused(ObjectNode item) {
        return unprocessable(JSON.createArrayNode().add(item));
    }

    private static RuntimeException unprocessable(ArrayNode items) {
        List<String> messages = new ArrayList<>();
        items.forEach(it -> messages.add(it.path("msg").stringValue()));
        return new Problem(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "invalid_body",
                        String.join("; ", messages))
                .detail(JSON.writeValueAsString(items))
                .toException();
    }

    private static RuntimeException invalid(String code, String message, String param) {
        return new Problem(HttpStatus.BAD_REQUEST, code, message).param(param).toException();
    }
}
