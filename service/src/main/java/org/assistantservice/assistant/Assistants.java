package org.assistantservice.assistant;

import java.util.List;
import java.util.Optional;

/// The registered assistants as they are now. Thread-safe; every call sees one consistent moment.
public interface Assistants {
    /// By id or name.
    Optional<Listing> find(String idOrName);

    /// The one that serves a caller who names none: `ASSISTANT_ID`, else the only one, else the
    /// first by name, else the built-in development assistant.
    Optional<Listing> standard();

    /// All, by name.
    List<Listing> all();

    /// An assistant and whether it can serve.
    ///
    /// @param problem why it cannot serve now, e.g. its pack is missing or quarantined; empty when
    ///   it can
    record Listing(Assistant assistant, String problem) {
        public boolean isAvailable() {
            return problem.isEmpty();
        }
    }
}
