package org.assistantservice.model.offline;

import java.util.List;

/// What the offline model does next.
sealed interface Decision {
    record Say(String text) implements Decision {}

    record Act(List<PlannedCall> calls) implements Decision {
        public Act {
            calls = List.copyOf(calls);
        }
    }

    /// A call to make.
    ///
    /// @param argumentsJson a JSON object
    record PlannedCall(String function, String argumentsJson) {}
}
