package org.assistantservice.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The launcher's options; each stands for an environment variable and wins over it.
final class LaunchOptions {
    /// Takes the value of options that older clients' start scripts give: `--cors` of brainstorm,
    /// whose sockets are open to pages of every origin.
    private static final String WITHOUT_EFFECT = "";

    private static final Map<String, String> VARIABLES =
            Map.ofEntries(
                    Map.entry("--host", "HOST"),
                    Map.entry("--port", "PORT"),
                    Map.entry("-p", "PORT"),
                    Map.entry("--log-level", "LOGGING_LEVEL"),
                    Map.entry("--openai-key", "OPENAI_API_KEY"),
                    Map.entry("--api-key", "OPENAI_API_KEY"),
                    Map.entry("--assistant-id", "ASSISTANT_ID"),
                    Map.entry("--assistant", "BRAINSTORM_ASSISTANT_ID"),
                    Map.entry("--model", "OPENAI_MODEL"),
                    Map.entry("--sql", "SQL_CONN_STR"),
                    Map.entry("--client-id", "CLIENT_ID"),
                    Map.entry("--cors", WITHOUT_EFFECT));

    /// Options that stand alone, each with what it sets.
    private static final Map<String, Map<String, String>> ALONE =
            Map.of("--reload", Map.of(), "--mock", Map.of("MODEL_PROVIDER", "offline"));

    private LaunchOptions() {}

    /// Variables set by options of the form `--name value` or `--name=value`, or alone. `--reload`
    /// is accepted: packs and assistants are always reloaded.
    ///
    /// @throws ConfigurationException if an option is unknown or lacks its value
    static Map<String, String> parse(String[] arguments) {
        Map<String, String> set = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            String variable = VARIABLES.get(parts[0]);
            Map<String, String> alone = ALONE.get(arguments[i]);
            if (alone != null) {
                set.putAll(alone);
            } else if (variable == null) {
                problems.add("Unknown option '%s'; known are %s".formatted(parts[0], known()));
            } else if (parts.length == 2) {
                set.put(variable, parts[1]);
            } else if (i + 1 < arguments.length) {
                set.put(variable, arguments[++i]);
            } else {
                problems.add("Option %s needs a value".formatted(parts[0]));
            }
        }
        set.remove(WITHOUT_EFFECT);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return set;
    }

    private static String known() {
        return Stream.concat(ALONE.keySet().stream(), VARIABLES.keySet().stream())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
