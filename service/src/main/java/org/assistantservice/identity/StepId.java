package org.assistantservice.identity;

import java.util.Optional;

/// Names a run step.
///
/// @param value `step_` and up to 24 base62 characters
public record StepId(String value) {
    private static final String PREFIX = "step_";

    public StepId {
        Ids.checked(PREFIX, value);
    }

    /// A new id that nobody can guess.
    public static StepId random() {
        return new StepId(Ids.random(PREFIX));
    }

    /// The id that a caller sent, or empty if the text cannot be one: such an id names nothing, so
    /// the answer is "not found" without asking any store.
    public static Optional<StepId> parse(String text) {
        return Ids.isWellFormed(PREFIX, text) ? Optional.of(new StepId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
