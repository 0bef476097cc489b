package org.assistantservice.protocol.jellychat;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.protocol.jellychat.JellyTurns.Asker;
import org.assistantservice.protocol.jellychat.engineio.EngineLimits;
import org.assistantservice.protocol.jellychat.engineio.EngineSession;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;
import org.assistantservice.protocol.jellychat.engineio.EngineSessions;
import org.assistantservice.protocol.jellychat.socketio.SocketIoSession;
import org.assistantservice.protocol.jellychat.socketio.SocketIoSession.Rules;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientAddresses;
import org.assistantservice.server.Draining;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.StreamSlots;
import org.assistantservice.server.StreamSlots.Slot;
import org.assistantservice.server.Timers;
import org.jspecify.annotations.Nullable;

/// Opens sessions for clients of Socket.IO, as many as a client and the service may have.
/// Thread-safe.
@Singleton
final class JellyClients {
    private final EngineSessions sessions;
    private final EngineLimits limits;
    private final JellyTurns turns;
    private final JellySettings settings;
    private final Places places;
    private final Draining draining;

    JellyClients(
            EngineSessions sessions,
            EngineLimits limits,
            JellyTurns turns,
            JellySettings settings,
            Places places,
            Draining draining) {
        this.sessions = sessions;
        this.limits = limits;
        this.turns = turns;
        this.settings = settings;
        this.places = places;
        this.draining = draining;
    }

    /// Whom a session is for, what time is, and what holds for all sockets.
    @Singleton
    record Places(
            StreamSlots slots, ClientAddresses addresses, Timers timers, SocketLimits sockets) {}

    /// Opens a session.
    ///
    /// @param socket what it begins on, or null for long-polling
    /// @return empty if the client has as many as it may
    /// @throws org.assistantservice.server.ProblemException if the service has as many as it can
    Optional<EngineSession> open(HttpRequest<?> request, @Nullable Outlet socket) {
        String client = "socket.io " + places.addresses().of(request);
        Optional<Slot> slot = places.slots().take(client, limits.maxSessionsPerClient());
        return slot.map(it -> open(request, socket, it));
    }

    private EngineSession open(HttpRequest<?> request, @Nullable Outlet socket, Slot slot) {
        Asker opener = new Asker(Caller.principal(request), Caller.correlationId(request));
        var drain = new AtomicReference<Runnable>(() -> {});
        EngineSession session =
                sessions.open(
                        opener.principal(),
                        socket,
                        engine -> listener(engine, opener, slot, drain));
        draining.tell(drain.get());
        if (sessions.find(opener.principal(), session.id()).isEmpty()) {
            // Closed before it could be told of.
            draining.forget(drain.get());
        }
        return session;
    }

    /// @param drain gets what a drain is to do
    private SocketIoSession listener(
            EngineSession engine, Asker opener, Slot slot, AtomicReference<Runnable> drain) {
        JellyClient client =
                new JellyClient(
                        turns::begin,
                        settings,
                        opener,
                        () -> {
                            slot.close();
                            draining.forget(drain.get());
                        });
        SocketIoSession session =
                new SocketIoSession(
                        engine,
                        sessions.newId(),
                        client,
                        new Rules(
                                places.timers()::after, limits.connectTimeout(), places.sockets()));
        drain.set(() -> client.drain(session));
        return session;
    }
}
