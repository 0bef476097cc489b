package org.assistantservice.assistant;

import java.util.List;

/// What the names of a configuration mean among the actions of one moment.
///
/// @param functions in the order offered to the model
/// @param problems names that mean nothing or too much
/// @param warnings definitions that no code implements
record Resolution(
        List<AssistantFunction> functions,
        List<ConfigProblem> problems,
        List<ConfigProblem> warnings) {
    Resolution {
        functions = List.copyOf(functions);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
