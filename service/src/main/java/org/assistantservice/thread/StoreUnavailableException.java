package org.assistantservice.thread;

/// The store did not answer, or a commit failed, so that the outcome is not known: read again
/// before deciding. The message is for the operator.
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
