package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Lays JSON out as lines that people can read, bounded in length and depth.
final class ResultLines {
    private static final int MAX_ITEMS = 20;
    private static final int MAX_TEXT = 500;
    private static final int MAX_INDENT = 4;
    private static final Set<String> HEADS = Set.of("id", "name", "title", "key", "code", "date");

    private ResultLines() {}

    static String properties(JsonNode object, String indent) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            lines.add(property(property.getKey(), property.getValue(), indent));
        }
        return String.join("\n", bounded(lines, indent));
    }

    static String property(String name, JsonNode value, String indent) {
        String label = indent + "- " + Words.spoken(name) + ":";
        boolean deep = indent.length() >= MAX_INDENT;
        if (!deep && value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
            return label + "\n" + items(value, indent + "  ");
        }
        return label + " " + inline(value);
    }

    static String items(JsonNode items, String indent) {
        List<String> lines = new ArrayList<>();
        for (JsonNode item : items) {
            lines.add(indent + "- " + item(item));
        }
        return String.join("\n", bounded(lines, indent));
    }

    /// One item in a line, led by what names it: `O-7: status shipped, total 20`.
    private static String item(JsonNode item) {
        if (!item.isObject()) {
            return inline(item);
        }
        for (Map.Entry<String, JsonNode> property : item.properties()) {
            String last = Words.spoken(property.getKey()).replaceFirst("^.* ", "");
            if (HEADS.contains(last) && property.getValue().isValueNode()) {
                String others = fields(item, property.getKey());
                String head = inline(property.getValue());
                return others.isEmpty() ? head : head + ": " + others;
            }
        }
        return fields(item, "");
    }

    /// A value within a line.
    static String inline(JsonNode value) {
        if (value.isNull()) {
            return "none";
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "yes" : "no";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(inline(item)));
            return items.isEmpty() ? "none" : String.join(", ", bounded(items, ""));
        }
        if (value.isObject()) {
            return "(" + fields(value, "") + ")";
        }
        String text = value.asString("");
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    private static String fields(JsonNode object, String without) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (!property.getKey().equals(without)) {
                fields.add(Words.spoken(property.getKey()) + " " + inline(property.getValue()));
            }
        }
        return String.join(", ", bounded(fields, ""));
    }

    private static List<String> bounded(List<String> lines, String indent) {
        if (lines.size() <= MAX_ITEMS) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MAX_ITEMS));
        first.add("%s… and %d more".formatted(indent, lines.size() - MAX_ITEMS));
        return first;
    }
}
