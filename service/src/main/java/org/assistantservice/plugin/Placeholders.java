package org.assistantservice.plugin;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Replaces `${NAME}` in the texts of settings by environment variables, and `${NAME:-text}` by a
/// variable or, where it is not set or empty, by the text. A value is taken as it is: one that
/// holds a placeholder itself is refused, since it would be resolved without end or not at all.
///
/// @param variables value by name, or null if not set
record Placeholders(Function<String, @Nullable String> variables) {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?}");

    /// Replaces in place, at every depth.
    ///
    /// @throws IllegalArgumentException names the variable, never a value
    void resolve(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                for (String name : List.copyOf(object.propertyNames())) {
                    object.set(name, resolved(object.get(name)));
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, resolved(array.get(i)));
                }
            }
            default -> {}
        }
    }

    private JsonNode resolved(JsonNode value) {
        if (value.isContainer()) {
            resolve(value);
            return value;
        }
        return value.isString() ? StringNode.valueOf(text(value.asString())) : value;
    }

    private String text(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    private String value(MatchResult found) {
        String name = found.group(1);
        @Nullable String fallback = found.group(2);
        @Nullable String value = variables.apply(name);
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            throw new IllegalArgumentException(
                    "The settings need the environment variable %s, which is not set"
                            .formatted(name));
        }
        if (PLACEHOLDER.matcher(value).find()) {
            throw new IllegalArgumentException(
                    "The environment variable %s holds a placeholder itself".formatted(name));
        }
        return value;
    }
}
