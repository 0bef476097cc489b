package org.assistantservice.store;

/// The store cannot be used, so the service must not start. The message is one line for the
/// operator: what is wrong, where, and what to do.
public final class StoreOpenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreOpenException(String message) {
        super(message);
    }

    public StoreOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
