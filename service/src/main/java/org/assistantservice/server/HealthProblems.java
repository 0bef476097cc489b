package org.assistantservice.server;

import java.util.List;

/// Tells what is wrong with packs. Must not block; thread-safe.
@FunctionalInterface
public interface HealthProblems {
    /// Empty while nothing is wrong.
    List<HealthProblem> current();

    /// One pack that does not serve.
    ///
    /// @param pack the pack's folder name
    /// @param status in lower case, e.g. `refused`, `quarantined`
    /// @param problems one sentence each, for operators
    record HealthProblem(String pack, String status, List<String> problems) {
        public HealthProblem {
            problems = List.copyOf(problems);
        }
    }
}
