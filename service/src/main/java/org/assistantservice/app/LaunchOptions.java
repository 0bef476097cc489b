package org.assistantservice.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The launcher's options; each stands for an environment variable and wins over it.
final class LaunchOptions {
    private static final Map<String, String> VARIABLES =
            Map.of(
                    "--host", "HOST",
                    "--port", "PORT",
                    "--log-level", "LOGGING_LEVEL",
                    "--openai-key", "OPENAI_API_KEY",
                    "--assistant-id", "ASSISTANT_ID",
                    "--client-id", "CLIENT_ID");

    private LaunchOptions() {}

    /// Variables set by options of the form `--name value` or `--name=value`. `--reload` is
    /// accepted: packs and assistants are always reloaded.
    ///
    /// @throws ConfigurationException if an option is unknown or lacks its value
    static Map<String, String> parse(String[] arguments) {
        Map<String, String> set = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            String variable = VARIABLES.get(parts[0]);
            if (variable == null) {
                if (!arguments[i].equals("--reload")) {
                    problems.add(
                            "Unknown option '%s'; known are --reload, %s"
                                    .formatted(parts[0], known()));
                }
            } else if (parts.length == 2) {
                set.put(variable, parts[1]);
            } else if (i + 1 < arguments.length) {
                set.put(variable, arguments[++i]);
            } else {
                problems.add("Option %s needs a value".formatted(parts[0]));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return set;
    }

    private static String known() {
        return String.join(", ", VARIABLES.keySet().stream().sorted().toList());
    }
}
