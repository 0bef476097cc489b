package org.assistantservice.protocol.jellychat.engineio;

/// Why a request of the transport is refused; each is answered 400.
public enum EngineError {
    TRANSPORT_UNKNOWN(0, "Transport unknown"),
    SESSION_UNKNOWN(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    UNSUPPORTED_VERSION(5, "Unsupported protocol version");

    private final int code;
    private final String message;

    EngineError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /// The body of the answer, e.g. `{"code":1,"message":"Session ID unknown"}`.
    public String json() {
        return "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }
}
