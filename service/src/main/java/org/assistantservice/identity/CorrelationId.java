package org.assistantservice.identity;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Follows one request through response headers, log lines, actions and streams.
///
/// @param value 8 to 64 characters of `[A-Za-z0-9._-]`
public record CorrelationId(String value) {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final int SHORT = 8;

    public CorrelationId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A correlation id must be 8 to 64 characters of [A-Za-z0-9._-]");
        }
    }

    /// A new random UUID.
    public static CorrelationId random() {
        return new CorrelationId(UUID.randomUUID().toString());
    }

    /// What the caller sent if it is valid, else a new one: a bad id is replaced, never refused.
    public static CorrelationId fromHeader(@Nullable String header) {
        return header != null && VALID.matcher(header).matches()
                ? new CorrelationId(header)
                : random();
    }

    /// The first 8 characters, the form shown in error texts and frames.
    public String shortForm() {
        return value.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return value;
    }
}
