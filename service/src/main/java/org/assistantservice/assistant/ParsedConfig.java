package org.assistantservice.assistant;

import java.util.List;

/// What reading a configuration found. All problems are found at once.
public sealed interface ParsedConfig {
    /// Well formed; what it names is checked by [AssistantRegistration].
    record Valid(AssistantConfig config, List<ConfigProblem> warnings) implements ParsedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// JSON, but not a valid configuration.
    ///
    /// @param draft what could be read, so that its names can be checked as well
    /// @param problems at least one
    record Invalid(
            AssistantConfig draft, List<ConfigProblem> problems, List<ConfigProblem> warnings)
            implements ParsedConfig {
        public Invalid {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /// Not a JSON text that this service reads.
    ///
    /// @param reason with line and column where there is one
    record NotJson(String reason) implements ParsedConfig {}
}
