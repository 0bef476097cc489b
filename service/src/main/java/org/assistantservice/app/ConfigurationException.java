package org.assistantservice.app;

import java.util.List;

/// The service's own configuration is wrong. Holds every problem found, each with setting, value
/// and remedy; the process ends with exit code 2.
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super("Wrong configuration:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
