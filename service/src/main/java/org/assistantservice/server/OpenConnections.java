package org.assistantservice.server;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the connections that are open and closes at once those that are too many. Thread-safe.
final class OpenConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);
    private static final long WARN_EVERY = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - WARN_EVERY);

    OpenConnections(int most) {
        this.most = most;
    }

    /// Counts a connection that has just been accepted, until it closes. Called on its event loop.
    void admit(Channel accepted) {
        accepted.closeFuture().addListener(_ -> open.decrementAndGet());
        if (open.incrementAndGet() > most) {
            warn();
            // Later: the framework is still building what is to be closed.
            accepted.eventLoop().execute(() -> refuse(accepted));
        }
    }

    private static void refuse(Channel accepted) {
        // Whether it closes cleanly changes nothing: nobody reads this connection.
        var _ = accepted.close();
    }

    /// Once a minute at most: whoever opens too many may open very many.
    private void warn() {
        long now = System.nanoTime();
        long last = warnedAt.get();
        if (now - last >= WARN_EVERY && warnedAt.compareAndSet(last, now)) {
            LOG.warn("{} connections are open, the most there may be: others are closed", most);
        }
    }
}
