package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assistantservice.model.offline.ValueType.Choice;
import org.assistantservice.model.offline.ValueType.Decimal;
import org.assistantservice.model.offline.ValueType.Group;
import org.assistantservice.model.offline.ValueType.Many;
import org.assistantservice.model.offline.ValueType.Text;
import org.assistantservice.model.offline.ValueType.Whole;
import org.assistantservice.model.offline.ValueType.YesNo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads parameters from the JSON Schema of a function. What it does not know it takes for text.
final class Schemas {
    private static final int MAX_DEPTH = 8;

    private final JsonNode root;

    Schemas(JsonNode root) {
        this.root = root;
    }

    List<OfferedParameter> parameters(JsonNode objectSchema) {
        return parameters(objectSchema, 0);
    }

    private List<OfferedParameter> parameters(JsonNode schema, int depth) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        List<OfferedParameter> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode own = property.getValue();
            JsonNode value = unwrapped(own);
            boolean needed =
                    required.contains(property.getKey())
                            && !allowsNull(own)
                            && !own.has("default")
                            && !value.has("default");
            String description =
                    own.path("description").asString(value.path("description").asString(""));
            parameters.add(
                    new OfferedParameter(
                            property.getKey(), description, type(value, depth), needed));
        }
        return parameters;
    }

    private ValueType type(JsonNode schema, int depth) {
        List<String> choices = choices(schema);
        if (!choices.isEmpty()) {
            return new Choice(choices);
        }
        if (depth == MAX_DEPTH) {
            return new Text("");
        }
        return switch (typeName(schema)) {
            case "integer" -> new Whole();
            case "number" -> new Decimal();
            case "boolean" -> new YesNo();
            case "array" -> new Many(type(unwrapped(schema.path("items")), depth + 1));
            case "object" -> new Group(parameters(schema, depth + 1));
            default -> new Text(schema.path("format").asString(""));
        };
    }

    private static List<String> choices(JsonNode schema) {
        List<String> choices = new ArrayList<>();
        for (JsonNode choice : schema.path("enum")) {
            if (choice.isString()) {
                choices.add(choice.stringValue());
            }
        }
        if (schema.path("const").isString()) {
            choices.add(schema.path("const").stringValue());
        }
        return choices;
    }

    private static String typeName(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode one : type) {
            if (!one.asString("").equals("null")) {
                return one.asString("");
            }
        }
        return type.asString(schema.has("properties") ? "object" : "");
    }

    /// The schema of the value itself: references followed, `null` alternatives left out.
    private JsonNode unwrapped(JsonNode schema) {
        JsonNode current = schema;
        for (int i = 0; i < MAX_DEPTH; i++) {
            JsonNode next = inner(current);
            if (next.isMissingNode()) {
                return current;
            }
            current = next;
        }
        return current;
    }

    private JsonNode inner(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        if (reference.startsWith("#/")) {
            return root.at(reference.substring(1));
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            for (JsonNode alternative : schema.path(keyword)) {
                if (!typeName(alternative).equals("null") && !isNull(alternative)) {
                    return alternative;
                }
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean allowsNull(JsonNode schema) {
        for (JsonNode one : schema.path("type")) {
            if (one.asString("").equals("null")) {
                return true;
            }
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            for (JsonNode alternative : schema.path(keyword)) {
                if (isNull(alternative)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNull(JsonNode schema) {
        return schema.path("type").asString("").equals("null");
    }
}
