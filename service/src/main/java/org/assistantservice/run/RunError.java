package org.assistantservice.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a run failed.
///
/// @param code the Assistants API's code
/// @param message safe to show to a client
/// @param reason ours, finer than the code, e.g. `upstream_auth`, `recovery_exhausted`
/// @param retryAfter how long the model's provider asked to wait, or null
public record RunError(Code code, String message, String reason, @Nullable Duration retryAfter) {
    public enum Code {
        SERVER_ERROR,
        RATE_LIMIT_EXCEEDED,
        INVALID_PROMPT
    }
}
