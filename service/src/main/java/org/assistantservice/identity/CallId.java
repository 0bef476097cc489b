package org.assistantservice.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names one tool call of a run. The model chooses it where it can; some model servers send none or
/// something unusable, then we make one.
///
/// @param value 1 to 128 printable ASCII characters without spaces, e.g. `call_9aF…`
public record CallId(String value) {
    private static final Pattern USABLE = Pattern.compile("[!-~]{1,128}");

    public CallId {
        if (!USABLE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A call id must be 1 to 128 printable ASCII characters");
        }
    }

    public static CallId random() {
        return new CallId(Ids.random("call_"));
    }

    /// The model's id if it can be used as it is.
    public static Optional<CallId> parse(String text) {
        return USABLE.matcher(text).matches() ? Optional.of(new CallId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
