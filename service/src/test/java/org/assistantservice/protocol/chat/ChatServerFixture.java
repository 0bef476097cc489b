package org.assistantservice.protocol.chat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server of its own for each test, with one thread on it.
abstract class ChatServerFixture {
    ChatServer server;
    String thread;

    @BeforeEach
    final void start() {
        restart(Map.of());
    }

    @AfterEach
    final void stop() {
        server.close();
    }

    /// Starts again with other settings and a new thread.
    final void restart(Map<String, Object> settings) {
        if (server != null) {
            server.close();
        }
        server = ChatServer.start(settings);
        thread = server.threads.add(Samples.WEATHER.id()).id().value();
    }
}
