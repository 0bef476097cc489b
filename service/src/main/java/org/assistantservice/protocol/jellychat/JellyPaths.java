package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.server.CrossOriginPaths;
import org.assistantservice.server.OfProtocol;

/// The paths of this protocol, open to pages of any origin.
@Singleton
@OfProtocol("jellychat")
final class JellyPaths implements CrossOriginPaths {
    static final String SOCKET = "/socket.io";
    static final List<String> ALL =
            List.of(
                    "/user_message",
                    "/history",
                    "/messages_answers",
                    "/human_message_count",
                    SOCKET);

    @Override
    public Iterable<String> paths() {
        return ALL;
    }
}
