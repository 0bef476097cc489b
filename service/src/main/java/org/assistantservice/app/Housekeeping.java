package org.assistantservice.app;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assistantservice.server.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does all chores, again and again, on a thread of its own. A chore that fails stops neither the
/// others nor itself the next time.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /// How long the end waits for a chore that is under way.
    private static final int PATIENCE_SECONDS = 1;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("housekeeping").factory());
    private final Supplier<? extends Collection<? extends Chore>> chores;

    Housekeeping(Supplier<? extends Collection<? extends Chore>> chores) {
        this.chores = chores;
    }

    /// Returns at once.
    ///
    /// @param pause between two rounds
    void start(Duration pause) {
        thread.scheduleWithFixedDelay(this::doAll, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void doAll() {
        chores.get().forEach(this::doOne);
    }

    private void doOne(Chore chore) {
        if (thread.isShutdown()) {
            return;
        }
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed; it is tried again", chore.getClass().getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("A chore is cut off; it is tried again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
