package org.assistantservice.identity;

import java.util.Optional;

/// Names a message of a thread.
///
/// @param value `msg_` and up to 24 base62 characters
public record MessageId(String value) {
    private static final String PREFIX = "msg_";

    public MessageId {
        Ids.checked(PREFIX, value);
    }

    /// A new id that nobody can guess.
    public static MessageId random() {
        return new MessageId(Ids.random(PREFIX));
    }

    /// The id that a caller sent, or empty if the text cannot be one: such an id names nothing, so
    /// the answer is "not found" without asking any store.
    public static Optional<MessageId> parse(String text) {
        return Ids.isWellFormed(PREFIX, text) ? Optional.of(new MessageId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
