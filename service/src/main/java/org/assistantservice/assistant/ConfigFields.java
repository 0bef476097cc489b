package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the members of one JSON object by type and collects every problem instead of stopping at
/// the first. Not thread-safe; one per object.
final class ConfigFields {
    private final ObjectNode object;
    private final String pointer;
    private final List<ConfigProblem> problems;

    /// @param pointer JSON pointer to `object`
    /// @param problems receives what is wrong
    ConfigFields(ObjectNode object, String pointer, List<ConfigProblem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /// The text, or empty text if it is absent or wrong; absence is a problem.
    String requiredText(String key) {
        if (!object.has(key)) {
            problem(key, "is required");
            return "";
        }
        return text(key);
    }

    /// The text, or empty text if it is absent or wrong.
    String text(String key) {
        JsonNode value = object.get(key);
        return value == null ? "" : asText(at(key), value);
    }

    /// The text, or null if it is absent, null or wrong.
    @Nullable String nullableText(String key) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isString()
                ? value.stringValue()
                : wrongType(at(key), "a string or null", value);
    }

    /// The texts that are right, or an empty list.
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        int index = 0;
        for (JsonNode element : array(key)) {
            texts.add(asText(at(key) + "/" + index++, element));
        }
        return texts;
    }

    /// The elements, or an empty list if it is absent or wrong.
    Collection<JsonNode> array(String key) {
        JsonNode value = object.get(key);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            wrongType(at(key), "an array", value);
            return List.of();
        }
        return value.values();
    }

    /// The object, or empty if it is absent, null or wrong.
    Optional<ObjectNode> object(String key) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode node) {
            return Optional.of(node);
        }
        wrongType(at(key), "an object", value);
        return Optional.empty();
    }

    /// The boolean, or false if it is absent or wrong.
    boolean isTrue(String key) {
        JsonNode value = object.get(key);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            wrongType(at(key), "true or false", value);
            return false;
        }
        return value.booleanValue();
    }

    void problem(String key, String reason) {
        problems.add(new ConfigProblem(at(key), reason));
    }

    /// JSON pointer to a member of this object.
    String at(String key) {
        return pointer + "/" + escaped(key);
    }

    /// One segment of a JSON pointer.
    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private String asText(String place, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        wrongType(place, "a string", value);
        return "";
    }

    private @Nullable String wrongType(String place, String expected, JsonNode value) {
        problems.add(
                new ConfigProblem(
                        place, "must be %s, but was %s".formatted(expected, named(value))));
        return null;
    }

    private static String named(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> value.booleanValue() ? "true" : "false";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }
}
