package org.assistantservice.actions;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/// Refuses a call, in words for the model. The run goes on: the model reads the message and calls
/// again, differently, or tells the user.
///
/// Say the rule and the value found, e.g. `limit must be 1 to 20 but was 50`. The message reaches
/// the model and may reach the user, so it holds no secret and no stack trace; the cause reaches
/// the log only.
public final class ActionException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /// Refuses the call.
    ///
    /// @param message what to change, for the model
    public ActionException(String message) {
        super(requireNonNull(message, "message"));
    }

    /// Refuses the call because something else failed.
    ///
    /// @param message what to change, for the model
    /// @param cause what failed, for the log
    public ActionException(String message, Throwable cause) {
        super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
    }
}
