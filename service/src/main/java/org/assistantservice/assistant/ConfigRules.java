package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.assistantservice.identity.AssistantId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What a configuration may contain, whatever actions there are. Texts are measured in code points.
final class ConfigRules {
    static final int MAX_NAME = 256;
    static final int MAX_TEXT = 256_000;
    static final int MAX_FUNCTIONS = 128;

    /// A function's name on the wire.
    static final Pattern FUNCTION_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern QUALIFIED_NAME =
            Pattern.compile("([^/\\\\\\p{Cntrl}]{1,256}\\.)?[A-Za-z0-9_-]{1,64}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final AssistantConfig config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigRules(AssistantConfig config) {
        this.config = config;
    }

    /// Every rule that is broken.
    static List<ConfigProblem> check(AssistantConfig config) {
        ConfigRules rules = new ConfigRules(config);
        rules.checkTexts();
        rules.checkFunctionNames();
        rules.checkDefinitions();
        if (!json(config.settingsJson()).isObject()) {
            rules.add("/settings", "must be a JSON object");
        }
        return rules.problems;
    }

    private void checkTexts() {
        if (!config.assistantId().isEmpty() && AssistantId.parse(config.assistantId()).isEmpty()) {
            add("/assistant_id", "must be empty or 'asst_' followed by letters and digits");
        }
        if (config.assistantName().isBlank()) {
            add("/assistant_name", "must not be empty");
        }
        checkLine("/assistant_name", config.assistantName());
        checkLine("/model", config.model());
        checkLength("/initial_message", config.initialMessage(), MAX_TEXT);
        checkLength("/instructions", config.instructions(), MAX_TEXT);
    }

    private void checkFunctionNames() {
        List<String> names = config.functionNames();
        checkCount("/function_names", names.size());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!QUALIFIED_NAME.matcher(name).matches()) {
                add(
                        "/function_names/" + i,
                        "must be an action's name, 1 to 64 characters of [A-Za-z0-9_-], or"
                                + " <pack>.<name>, but was '%s'".formatted(shown(name)));
            } else if (!seen.add(name)) {
                add("/function_names/" + i, "'%s' is listed twice".formatted(name));
            }
        }
    }

    private void checkDefinitions() {
        List<FunctionSchema> definitions = config.functionDefinitions();
        checkCount("/function_definitions", definitions.size());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < definitions.size(); i++) {
            FunctionSchema definition = definitions.get(i);
            String pointer = "/function_definitions/" + i;
            if (!FUNCTION_NAME.matcher(definition.name()).matches()) {
                add(
                        pointer + "/name",
                        "must be 1 to 64 characters of [A-Za-z0-9_-], but was '%s'"
                                .formatted(shown(definition.name())));
            } else if (!seen.add(definition.name())) {
                add(pointer + "/name", "'%s' is defined twice".formatted(definition.name()));
            }
            checkParameters(pointer + "/parameters", json(definition.parametersJson()));
        }
    }

    private void checkParameters(String pointer, JsonNode schema) {
        if (!schema.isObject() || !"object".equals(schema.path("type").asString(""))) {
            add(pointer, "must be a JSON Schema with \"type\": \"object\"");
        }
        if (schema.has("properties") && !schema.path("properties").isObject()) {
            add(pointer + "/properties", "must be an object");
        }
        if (schema.has("required") && !schema.path("required").isArray()) {
            add(pointer + "/required", "must be an array");
        }
        for (JsonNode required : schema.path("required").values()) {
            String name = required.asString("");
            if (!schema.path("properties").has(name)) {
                add(
                        pointer + "/required",
                        "names '%s', which is not a property".formatted(shown(name)));
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return JsonText.read(text);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private void checkLine(String pointer, String text) {
        checkLength(pointer, text, MAX_NAME);
        if (CONTROL.matcher(text).find()) {
            add(pointer, "must be one line without control characters");
        }
    }

    private void checkLength(String pointer, String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            add(pointer, "must have at most %d characters, but has %d".formatted(max, length));
        }
    }

    private void checkCount(String pointer, int count) {
        if (count > MAX_FUNCTIONS) {
            add(
                    pointer,
                    "must have at most %d entries, but has %d".formatted(MAX_FUNCTIONS, count));
        }
    }

    private void add(String pointer, String reason) {
        problems.add(new ConfigProblem(pointer, reason));
    }

    private static String shown(String text) {
        String line = CONTROL.matcher(text).replaceAll("?");
        return line.length() <= MAX_NAME ? line : line.substring(0, MAX_NAME) + "…";
    }
}
