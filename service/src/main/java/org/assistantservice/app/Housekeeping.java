package org.assistantservice.app;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
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
    private static final long PATIENCE_MILLIS = 1_000;

    private final Supplier<? extends Collection<? extends Chore>> chores;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name("housekeeping").unstarted(this::untilClosed);

    /// @param pause between two rounds
    Housekeeping(Supplier<? extends Collection<? extends Chore>> chores, Duration pause) {
        this.chores = chores;
        this.pause = pause;
    }

    /// Returns at once.
    void start() {
        thread.start();
    }

    private void untilClosed() {
        try {
            do {
                guarded("Housekeeping", () -> chores.get().forEach(this::unlessClosed));
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void unlessClosed(Chore chore) {
        if (closed.getCount() > 0) {
            guarded(chore.getClass().getSimpleName(), chore::run);
        }
    }

    private static void guarded(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed; it is tried again", name, e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
