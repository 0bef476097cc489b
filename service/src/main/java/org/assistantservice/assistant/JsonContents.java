package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Finds what is legal in JSON but cannot be stored or sent on: U+0000, lone surrogates, numbers
/// that no double can hold. Everything else is stored unchanged.
final class JsonContents {
    private final List<ConfigProblem> problems = new ArrayList<>();

    private JsonContents() {}

    static List<ConfigProblem> problems(JsonNode root) {
        JsonContents contents = new JsonContents();
        contents.check("", root);
        return contents.problems;
    }

    private void check(String pointer, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> node.properties().forEach(member -> checkMember(pointer, member));
            case ARRAY -> {
                int index = 0;
                for (JsonNode element : node.values()) {
                    check(pointer + "/" + index++, element);
                }
            }
            case STRING -> checkText(pointer, node.stringValue());
            case NUMBER -> {
                if (!Double.isFinite(node.decimalValue().doubleValue())) {
                    problems.add(new ConfigProblem(pointer, "is a number out of range"));
                }
            }
            case BOOLEAN, NULL, MISSING, BINARY, POJO -> {
                // Nothing in them can be wrong.
            }
        }
    }

    private void checkMember(String pointer, Map.Entry<String, JsonNode> member) {
        String place = pointer + "/" + ConfigFields.escaped(member.getKey());
        checkText(place, member.getKey());
        check(place, member.getValue());
    }

    private void checkText(String pointer, String text) {
        if (text.indexOf('\0') >= 0) {
            problems.add(new ConfigProblem(pointer, "contains the character U+0000"));
        }
        boolean hasLoneSurrogate =
                text.codePoints()
                        .anyMatch(it ->
                                it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE);
        if (hasLoneSurrogate) {
            problems.add(new ConfigProblem(pointer, "contains half of a surrogate pair"));
        }
    }
}
