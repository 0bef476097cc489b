package org.assistantservice.assistant;

/// The store of assistant configurations did not answer or refused. The message is for the
/// operator.
public final class AssistantStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AssistantStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public AssistantStoreException(String message) {
        super(message);
    }
}
