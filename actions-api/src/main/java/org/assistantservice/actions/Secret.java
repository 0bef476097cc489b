package org.assistantservice.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A text that must not be printed: a password, a key, a token. Only [#reveal()] gives it away, so
/// a reader of the code finds each place that does. Immutable.
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// Guards `value`.
    ///
    /// @param value the text
    /// @return a secret that reveals exactly `value`
    public static Secret of(String value) {
        return new Secret(requireNonNull(value, "value"));
    }

    /// The text itself. Call it where the text is used, and keep the secret, not the text.
    ///
    /// @return the text
    public String reveal() {
        return value;
    }

    /// Whether `other` is a secret of the same text. The time it takes does not tell how much of
    /// the text is the same.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(value.getBytes(UTF_8), secret.value.getBytes(UTF_8));
    }

    /// The same for every secret, since a hash would give away part of the text. Not a key for
    /// large maps, then.
    @Override
    public int hashCode() {
        return 0;
    }

    /// Three stars, whatever the text.
    @Override
    public String toString() {
        return "***";
    }
}
