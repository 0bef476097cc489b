package org.assistantservice.identity;

import java.util.Optional;

/// Names a conversation thread.
///
/// @param value `thread_` and up to 24 base62 characters
public record ThreadId(String value) {
    private static final String PREFIX = "thread_";

    public ThreadId {
        Ids.checked(PREFIX, value);
    }

    /// A new id that nobody can guess.
    public static ThreadId random() {
        return new ThreadId(Ids.random(PREFIX));
    }

    /// The id that a caller sent, or empty if the text cannot be one: such an id names nothing, so
    /// the answer is "not found" without asking any store.
    public static Optional<ThreadId> parse(String text) {
        return Ids.isWellFormed(PREFIX, text) ? Optional.of(new ThreadId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
