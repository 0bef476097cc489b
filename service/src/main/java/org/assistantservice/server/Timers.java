package org.assistantservice.server;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that wakes whoever waits for time to pass: heartbeats, pings, deadlines of streams.
/// Thread-safe.
@Singleton
public final class Timers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timers.class);

    private final ScheduledThreadPoolExecutor thread;

    public Timers() {
        thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("timers").factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /// Runs `task` once, after `delay`, or never once this is closed. The task must not block.
    public Timer after(Duration delay, Runnable task) {
        if (thread.isShutdown()) {
            return Timer.NONE;
        }
        var scheduled = thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdownNow();
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A timer's task failed", e);
        }
    }

    /// A task that waits.
    @FunctionalInterface
    public interface Timer {
        Timer NONE = () -> {};

        /// Makes sure that the task does not begin from now on. Idempotent.
        void cancel();
    }
}
