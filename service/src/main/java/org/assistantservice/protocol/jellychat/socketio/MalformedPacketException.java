package org.assistantservice.protocol.jellychat.socketio;

/// A text is no packet of Socket.IO 5.
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedPacketException(String message) {
        super(message);
    }

    MalformedPacketException(String message, Exception cause) {
        super(message, cause);
    }
}
