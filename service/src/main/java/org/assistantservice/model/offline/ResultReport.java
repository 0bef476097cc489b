package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assistantservice.model.ModelMessage.ToolResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Puts the results of calls into words: a sentence for what is simple, a list for what is not, and
/// a failure as a failure.
final class ResultReport {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> SUMMARIES =
            Set.of("summary", "message", "answer", "text", "report", "description");
    private static final String ERROR = "Error:";

    private ResultReport() {}

    static String of(List<ToolResult> results) {
        return String.join("\n\n", results.stream().map(ResultReport::of).toList());
    }

    private static String of(ToolResult result) {
        String output = result.output().strip();
        if (output.startsWith(ERROR)) {
            return "`%s` did not work: %s".formatted(result.name(), sentence(reason(output)));
        }
        return parsed(output)
                .map(json -> worded(result.name(), json))
                .orElseGet(() -> output.isEmpty() ? done(result.name()) : output);
    }

    /// What went wrong, without what only a log needs.
    private static String reason(String output) {
        return output.substring(ERROR.length())
                .strip()
                .replaceFirst("\\s*\\(correlation_id: [^)]*\\)\\s*$", "")
                .replaceFirst("^Function '[^']*' execution failed: ", "")
                .replaceFirst("^Invalid arguments for function '[^']*': ", "");
    }

    private static Optional<JsonNode> parsed(String output) {
        try {
            return Optional.of(JSON.readTree(output)).filter(json -> !json.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String worded(String function, JsonNode json) {
        if (json.isNull() || json.asString("x").isBlank()) {
            return done(function);
        }
        if (json.isString()) {
            return json.stringValue();
        }
        if (json.isArray()) {
            return list(function, json);
        }
        return json.isObject()
                ? object(function, json)
                : "`%s` says: %s.".formatted(function, ResultLines.inline(json));
    }

    private static String done(String function) {
        return "Done: `%s` has run and had nothing to report.".formatted(function);
    }

    private static String list(String function, JsonNode items) {
        String noun = capital(Words.spokenWithoutLookUp(function));
        return items.isEmpty()
                ? "%s: nothing found.".formatted(noun)
                : "%s (%d):\n%s".formatted(noun, items.size(), ResultLines.items(items, ""));
    }

    private static String object(String function, JsonNode object) {
        if (object.isEmpty()) {
            return done(function);
        }
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (SUMMARIES.contains(property.getKey().toLowerCase(Locale.ROOT))
                    && property.getValue().isString()) {
                return summed(property.getKey(), property.getValue().stringValue(), object);
            }
        }
        String title = capital(Words.spokenWithoutLookUp(function));
        return "%s:\n%s".formatted(title, ResultLines.properties(object, ""));
    }

    /// The summary, and below it what it does not say.
    private static String summed(String key, String summary, JsonNode object) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence(summary));
        String known = summary.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            JsonNode value = property.getValue();
            String words = ResultLines.inline(value).toLowerCase(Locale.ROOT);
            boolean said = value.isNull() || (value.isValueNode() && known.contains(words));
            if (!property.getKey().equals(key) && !said) {
                lines.add(ResultLines.property(property.getKey(), value, ""));
            }
        }
        return String.join("\n", lines);
    }

    private static String sentence(String text) {
        return text.matches("(?s).*[.!?…]") ? text : text + ".";
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
