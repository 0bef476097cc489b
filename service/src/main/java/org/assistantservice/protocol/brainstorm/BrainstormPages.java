package org.assistantservice.protocol.brainstorm;

import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.server.CrossOriginPaths;
import org.assistantservice.server.OfProtocol;

/// Clients of this protocol are pages that lie anywhere.
@Singleton
@OfProtocol("brainstorm")
final class BrainstormPages implements CrossOriginPaths {
    @Override
    public Iterable<String> sockets() {
        return List.of("/chat");
    }
}
