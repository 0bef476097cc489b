package org.assistantservice.server;

import io.micronaut.http.HttpStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The mistakes in one JSON body, as a list of items in the form that old clients know:
/// `{"type":"missing","loc":["body","message"],"msg":"Field required","input":{}}`. No more than
/// [#MOST] are told, however many there are: a body can hold half a million. For one thread.
public final class BodyMistakes {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ECHO = 2000;

    /// How many mistakes are told.
    static final int MOST = 20;

    private final ArrayNode items = JSON.createArrayNode();

    /// Reads a body that must be one JSON object.
    ///
    /// @throws ProblemException 422 if it is not
    public static JsonNode object(byte[] body) {
        JsonNode root = parse(body);
        BodyMistakes mistakes = new BodyMistakes();
        if (root.isMissingNode() || root.isNull()) {
            mistakes.add("missing", "Field required", null);
        } else if (!root.isObject()) {
            mistakes.add(
                    "model_attributes_type",
                    "Input should be a valid dictionary or object to extract fields from",
                    root);
        }
        mistakes.throwIfAny();
        return root;
    }

    /// Whether another mistake would not be told any more, so that whoever reads a long list may
    /// stop. There are mistakes then.
    public boolean isFull() {
        return items.size() >= MOST;
    }

    /// Adds one item unless there are too many, and returns it, so that more can be said.
    ///
    /// @param input the value that is wrong; shown to the caller unless it is long
    /// @param place names of fields and indexes of elements that lead to it
    public ObjectNode add(String type, String message, @Nullable JsonNode input, Object... place) {
        if (isFull()) {
            return JSON.createObjectNode();
        }
        ObjectNode item = items.addObject().put("type", type);
        ArrayNode loc = item.putArray("loc").add("body");
        for (Object step : place) {
            if (step instanceof Integer index) {
                loc.add(index);
            } else {
                loc.add(step.toString());
            }
        }
        item.put("msg", message);
        item.set("input", input == null ? JSON.nullNode() : echo(input));
        return item;
    }

    /// A text that must be there; empty if it is not.
    public String text(JsonNode owner, String name, Object... place) {
        JsonNode value = owner.path(name);
        Object[] its = append(place, name);
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isMissingNode()) {
            add("missing", "Field required", owner, its);
        } else {
            add("string_type", "Input should be a valid string", value, its);
        }
        return "";
    }

    /// A text that may be absent or null.
    public @Nullable String optionalText(JsonNode owner, String name, Object... place) {
        return owner.hasNonNull(name) ? text(owner, name, place) : null;
    }

    /// Ends the request if there was any mistake.
    ///
    /// @throws ProblemException 422 with the items
    public void throwIfAny() {
        if (items.isEmpty()) {
            return;
        }
        List<String> messages = new ArrayList<>();
        items.forEach(it -> messages.add(it.path("msg").stringValue()));
        throw new Problem(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "invalid_body",
                        String.join("; ", messages))
                .detail(JSON.writeValueAsString(items))
                .toException();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return StrictJson.parse(body);
        } catch (StrictJson.Malformed e) {
            BodyMistakes mistakes = new BodyMistakes();
            ObjectNode item = mistakes.add("json_invalid", "JSON decode error", null, e.position());
            item.putObject("input");
            item.putObject("ctx").put("error", e.reason());
            mistakes.throwIfAny();
            throw new IllegalStateException("A mistake was not told", e);
        }
    }

    private static Object[] append(Object[] place, String name) {
        Object[] all = Arrays.copyOf(place, place.length + 1);
        all[place.length] = name;
        return all;
    }

    /// The offending value, unless it is so large that it would not help anybody.
    private static JsonNode echo(JsonNode input) {
        return JSON.writeValueAsString(input).length() <= LONGEST_ECHO ? input : JSON.nullNode();
    }
}
