package org.assistantservice.dispatch;

import java.util.List;

/// What checking a call's arguments found.
public sealed interface ArgumentCheck {
    /// The arguments fit; `argumentsJson` is what the action will be called with.
    record Valid(String argumentsJson) implements ArgumentCheck {}

    /// Not JSON at all, e.g. cut off in the middle.
    record NotJson(String reason) implements ArgumentCheck {}

    /// Required arguments are absent; names are sorted.
    record Missing(List<String> names) implements ArgumentCheck {
        public Missing {
            names = names.stream().sorted().toList();
        }
    }

    /// Wrong type, unexpected name, out of range, or not a JSON object.
    record Invalid(String reason) implements ArgumentCheck {}
}
