package org.assistantservice.identity;

import java.util.Optional;

/// Names an assistant.
///
/// @param value `asst_` and up to 24 base62 characters
public record AssistantId(String value) {
    private static final String PREFIX = "asst_";

    public AssistantId {
        Ids.checked(PREFIX, value);
    }

    /// A new id that nobody can guess.
    public static AssistantId random() {
        return new AssistantId(Ids.random(PREFIX));
    }

    /// The id that a caller sent, or empty if the text cannot be one: such an id names nothing, so
    /// the answer is "not found" without asking any store.
    public static Optional<AssistantId> parse(String text) {
        return Ids.isWellFormed(PREFIX, text)
                ? Optional.of(new AssistantId(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
