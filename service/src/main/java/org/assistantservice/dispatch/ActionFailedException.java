package org.assistantservice.dispatch;

/// An action threw or returned something that is not JSON. The message is safe to show to the
/// model: an `ActionException`'s own text, or only the simple class name of anything else.
public final class ActionFailedException extends Exception {
    private static final long serialVersionUID = 1;

    public ActionFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    public ActionFailedException(String message) {
        super(message);
    }
}
