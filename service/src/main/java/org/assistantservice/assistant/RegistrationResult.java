package org.assistantservice.assistant;

import java.util.List;

/// What became of a registration.
public sealed interface RegistrationResult {
    /// Stored, and served within seconds by every service that reads the same store.
    ///
    /// @param stored the configuration with its id; [AssistantConfigJson#print] turns it into the
    ///   runtime configuration
    /// @param assistant the same as runs will use it
    record Registered(
            RegisteredConfig stored,
            Assistant assistant,
            Change change,
            List<ConfigProblem> warnings)
            implements RegistrationResult {
        public Registered {
            warnings = List.copyOf(warnings);
        }
    }

    /// Nothing was stored.
    ///
    /// @param problems all of them, at least one
    record Refused(List<ConfigProblem> problems, List<ConfigProblem> warnings)
            implements RegistrationResult {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /// What happened in the store.
    enum Change {
        CREATED,
        UPDATED,
        /// The store held exactly this already; nothing was written.
        UNCHANGED
    }
}
