package org.assistantservice.server;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts open streams, per client address and in all. Thread-safe.
@Singleton
public final class StreamSlots {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byClient = new ConcurrentHashMap<>();

    public StreamSlots(ServerSettings settings) {
        most = settings.maxStreams();
    }

    /// Takes a place for one more stream.
    ///
    /// @param mostPerClient how many streams this client may have
    /// @return empty if the client has as many as it may
    /// @throws ProblemException 503 if the service has as many as it can
    public Optional<Slot> take(String client, int mostPerClient) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw Problem.overloaded().toException();
        }
        int mine = byClient.merge(client, 1, Integer::sum);
        Slot slot = new Slot(client);
        if (mine > mostPerClient) {
            slot.close();
            return Optional.empty();
        }
        return Optional.of(slot);
    }

    /// Streams open now.
    public int open() {
        return open.get();
    }

    /// One stream's place.
    public final class Slot implements AutoCloseable {
        private final String client;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Slot(String client) {
            this.client = client;
        }

        /// Gives the place back. Idempotent.
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.decrementAndGet();
                byClient.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
            }
        }
    }
}
