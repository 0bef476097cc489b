package org.assistantservice.protocol.brainstorm;

import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.OpenSockets;

/// Clients of this protocol are pages that lie anywhere.
@Singleton
@OfProtocol("brainstorm")
final class BrainstormPages implements OpenSockets {
    @Override
    public Iterable<String> paths() {
        return List.of("/chat");
    }
}
