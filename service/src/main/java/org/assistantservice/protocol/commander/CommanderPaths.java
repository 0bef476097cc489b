package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.server.CrossOriginPaths;
import org.assistantservice.server.OfProtocol;

/// The page may be served from elsewhere, e.g. by a container of its own.
@Singleton
@OfProtocol("commander")
final class CommanderPaths implements CrossOriginPaths {
    @Override
    public Iterable<String> paths() {
        return List.of("/api/create", "/api/process", "/api/status", "/api/delete", "/images");
    }
}
