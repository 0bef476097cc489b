package org.assistantservice.server;

import java.time.Duration;

/// What one protocol does on one WebSocket. Its methods must not block and may be called by several
/// threads at once.
public interface SocketListener {
    /// A whole text message came.
    void receive(String text);

    /// A binary message came.
    void refuseBinary();

    /// Whether no turn was under way and no message came for so long.
    boolean hasBeenIdleFor(Duration time);

    /// The service stops: the socket is to be closed as soon as no turn is under way.
    void drain();

    /// The socket is gone.
    void close();
}
