package org.assistantservice.identity;

import java.util.Optional;

/// Names a run.
///
/// @param value `run_` and up to 24 base62 characters
public record RunId(String value) {
    private static final String PREFIX = "run_";

    public RunId {
        Ids.checked(PREFIX, value);
    }

    /// A new id that nobody can guess.
    public static RunId random() {
        return new RunId(Ids.random(PREFIX));
    }

    /// The id that a caller sent, or empty if the text cannot be one: such an id names nothing, so
    /// the answer is "not found" without asking any store.
    public static Optional<RunId> parse(String text) {
        return Ids.isWellFormed(PREFIX, text) ? Optional.of(new RunId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
