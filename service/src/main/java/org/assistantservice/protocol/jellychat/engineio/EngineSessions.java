package org.assistantservice.protocol.jellychat.engineio;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Listener;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Opened;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;
import org.assistantservice.server.Timers;
import org.jspecify.annotations.Nullable;

/// The open sessions, by ids that nobody can guess. A session is its principal's alone.
/// Thread-safe.
@Singleton
public final class EngineSessions {
    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, Owned> open = new ConcurrentHashMap<>();
    private final EngineLimits limits;
    private final Timers timers;

    public EngineSessions(EngineLimits limits, Timers timers) {
        this.limits = limits;
        this.timers = timers;
    }

    private record Owned(Principal owner, EngineSession session) {}

    /// Opens a session and greets its client.
    ///
    /// @param socket what it begins on, or null for long-polling
    public EngineSession open(Principal owner, @Nullable Outlet socket, Opened opened) {
        EngineSession session =
                new EngineSession(
                        newId(),
                        limits,
                        timers::after,
                        socket,
                        made -> new Forgetting(made.id(), opened.by(made)));
        open.put(session.id(), new Owned(owner, session));
        session.open();
        return session;
    }

    /// The open session with this id, if it is the principal's.
    public Optional<EngineSession> find(Principal principal, String id) {
        return Optional.ofNullable(open.get(id))
                .filter(it -> it.owner().equals(principal))
                .map(Owned::session);
    }

    /// A new unguessable text, safe in URLs.
    public String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }

    private final class Forgetting implements Listener {
        private final String id;
        private final Listener listener;

        private Forgetting(String id, Listener listener) {
            this.id = id;
            this.listener = listener;
        }

        @Override
        public void message(String data) {
            listener.message(data);
        }

        @Override
        public void closed() {
            open.remove(id);
            listener.closed();
        }
    }
}
