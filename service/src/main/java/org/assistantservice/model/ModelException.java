package org.assistantservice.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The model did not give a turn. The message is for the operator and may hold the provider's
/// words; it is never shown to a client.
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final Fault fault;
    private final @Nullable Duration retryAfter;

    public ModelException(
            Fault fault, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    public Fault fault() {
        return fault;
    }

    /// How long the provider asked us to wait, or null.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /// What kind of failure it was.
    public enum Fault {
        /// 401 or 403: the key is wrong. An operator must act.
        AUTH,
        /// 404: no such model or path.
        NOT_FOUND,
        /// 429 after all retries.
        RATE_LIMITED,
        /// 400, 413, 422: the provider does not accept the request.
        REJECTED,
        /// 5xx, refused, broken or silent connection, open circuit, full bulkhead.
        UNAVAILABLE,
        /// The answer was not a legal stream, or ended too early.
        PROTOCOL
    }
}
