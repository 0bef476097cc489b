package org.assistantservice.protocol.jellychat.engineio;

/// A request or packet that the transport does not allow.
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1;

    private final EngineError error;

    public EngineException(EngineError error) {
        super(error.json());
        this.error = error;
    }

    public EngineError error() {
        return error;
    }
}
