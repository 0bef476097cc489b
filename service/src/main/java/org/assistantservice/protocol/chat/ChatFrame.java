package org.assistantservice.protocol.chat;

import java.time.Instant;
import org.assistantservice.identity.CorrelationId;

/// What a client of this protocol sees at once: one server-sent event, or one WebSocket message.
sealed interface ChatFrame {
    /// An event of the run.
    ///
    /// @param name the event's name, e.g. `thread.run.created`
    /// @param json the event's whole object
    record Event(String name, String json) implements ChatFrame {}

    /// Once, directly after `thread.run.completed`.
    ///
    /// @param json object of the five fields
    record Metadata(String json) implements ChatFrame {}

    /// The turn ended without an answer. No event of the run, so no place to resume from.
    record Failure(Reason reason, String text, CorrelationId correlationId, Instant at)
            implements ChatFrame {}

    enum Reason {
        CANCELLED("RunCancelledError", "run_cancelled"),
        EXPIRED("RunExpiredError", "run_expired"),
        INCOMPLETE("RunIncompleteError", "run_incomplete");

        /// `error_type` of server-sent events.
        final String errorType;

        /// `error_code` of WebSocket frames.
        final String errorCode;

        Reason(String errorType, String errorCode) {
            this.errorType = errorType;
            this.errorCode = errorCode;
        }
    }
}
