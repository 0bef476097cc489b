package org.assistantservice.plugin;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Turns the schema of a signature into the two that are used: one to check arguments with, and one
/// for the model.
final class Schemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NOT_FOR_MODELS =
            List.of("minimum", "maximum", "minLength", "maxLength", "uniqueItems", "format");

    private Schemas() {}

    /// Whether strict function calling can say this: not if property names are free somewhere, nor
    /// if it is too large.
    static boolean canBeStrict(ObjectNode signature) {
        return namesAreFixed(signature) && StrictLimits.allow(forModel(signature, true));
    }

    private static boolean namesAreFixed(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && (object.isEmpty()
                        || object.get("additionalProperties") instanceof ObjectNode
                        || object.has("$ref"))) {
            return false;
        }
        return children(schema).stream().allMatch(Schemas::namesAreFixed);
    }

    /// The schema that arguments are checked with: what need not be there may also be null.
    static ObjectNode forCheck(ObjectNode signature) {
        ObjectNode schema = signature.deepCopy();
        allowNulls(schema);
        return schema;
    }

    /// The schema for the model. If it is strict, every property is required, and what need not be
    /// there is nullable. What models know no keyword for is said in descriptions.
    static ObjectNode forModel(ObjectNode signature, boolean strict) {
        ObjectNode schema = forCheck(signature);
        sayInWords(schema);
        if (strict) {
            requireAll(schema);
        }
        return schema;
    }

    private static void allowNulls(JsonNode schema) {
        children(schema).forEach(Schemas::allowNulls);
        if (schema.get("properties") instanceof ObjectNode properties) {
            Set<String> required = required(schema);
            for (String name : List.copyOf(properties.propertyNames())) {
                if (!required.contains(name)) {
                    properties.set(name, nullable((ObjectNode) properties.get(name)));
                }
            }
        }
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.get("anyOf") instanceof ArrayNode forms) {
            forms.addObject().put("type", "null");
        } else if (schema.get("type") instanceof StringNode type) {
            schema.set("type", NODES.arrayNode().add(type).add("null"));
            if (schema.get("enum") instanceof ArrayNode constants) {
                constants.addNull();
            }
        }
        return schema;
    }

    private static void sayInWords(JsonNode schema) {
        children(schema).forEach(Schemas::sayInWords);
        if (schema instanceof ObjectNode object) {
            String hint = hint(object);
            Optional<String> format = standardFormat(object);
            object.remove(NOT_FOR_MODELS);
            format.ifPresent(name -> object.put("format", name));
            if (!hint.isEmpty()) {
                String description = object.path("description").asString("");
                object.put(
                        "description",
                        description.isEmpty() ? hint : description + " (" + hint + ")");
            }
        }
    }

    private static String hint(ObjectNode schema) {
        if (schema.has("maxLength")) {
            return "one character";
        }
        if (schema.has("uniqueItems")) {
            return "no item twice";
        }
        if (schema.path("maximum").isIntegralNumber()) {
            return rangeHint(schema.get("minimum").asLong(), schema.get("maximum").asLong());
        }
        return javaFormat(schema)
                .filter(format -> format.standardName() == null)
                .map(format -> "form: " + format.example())
                .orElse("");
    }

    /// The ranges of `int` and `long` are never met by accident, and would cost tokens every time.
    private static String rangeHint(long minimum, long maximum) {
        return maximum < Integer.MAX_VALUE ? "%d to %d".formatted(minimum, maximum) : "";
    }

    private static Optional<String> standardFormat(ObjectNode schema) {
        return javaFormat(schema).map(JavaFormat::standardName);
    }

    private static Optional<JavaFormat> javaFormat(ObjectNode schema) {
        return JavaFormat.named(schema.path("format").asString(""));
    }

    private static void requireAll(JsonNode schema) {
        children(schema).forEach(Schemas::requireAll);
        if (schema.get("properties") instanceof ObjectNode properties) {
            ArrayNode all = NODES.arrayNode();
            properties.propertyNames().forEach(all::add);
            ((ObjectNode) schema).set("required", all);
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    private static Set<String> required(JsonNode schema) {
        return schema.path("required").valueStream().map(JsonNode::asString).collect(toSet());
    }

    /// The schemas of what is directly in what this one describes.
    static List<JsonNode> children(JsonNode schema) {
        List<JsonNode> children = new ArrayList<>();
        schema.path("properties").valueStream().forEach(children::add);
        schema.path("anyOf").valueStream().forEach(children::add);
        if (schema.get("items") instanceof ObjectNode items) {
            children.add(items);
        }
        if (schema.get("additionalProperties") instanceof ObjectNode values) {
            children.add(values);
        }
        return children;
    }
}
