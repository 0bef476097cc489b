package org.assistantservice.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Ends waits for the writer that take too long. Each wait with a time of its own would cost a
/// timer and two changes of threads; one thread that looks now and then costs none of them, and
/// sleeps while nobody waits. Thread-safe.
final class Patience implements AutoCloseable {
    private static final Duration LONGEST_LOOK = Duration.ofMillis(100);

    /// How often it finds nobody before it sleeps: to be woken costs a waiter more than a look.
    private static final int EMPTY_LOOKS = 50;

    private final Map<WriteTask<?>, Wait> waits = new ConcurrentHashMap<>();
    private final long lookNanos;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    private record Wait(Duration patience, long end) {
        boolean isOver(long now) {
            return now - end >= 0;
        }
    }

    /// @param shortest patience of any wait; a wait ends up to a quarter of it late
    Patience(Duration shortest) {
        lookNanos = Math.clamp(shortest.toNanos() / 4, 1, LONGEST_LOOK.toNanos());
        thread = Thread.ofPlatform().daemon().name("store-patience").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    /// Waits for the task's outcome.
    ///
    /// @throws org.assistantservice.thread.StoreUnavailableException also if it is not known in
    ///   time
    <T> T await(WriteTask<T> task, Duration patience) {
        waits.put(task, new Wait(patience, System.nanoTime() + patience.toNanos()));
        try {
            if (asleep) {
                LockSupport.unpark(thread);
            }
            return task.await();
        } finally {
            waits.remove(task);
        }
    }

    /// Whether it sleeps until somebody waits.
    boolean isAsleep() {
        return asleep;
    }

    private void watch() {
        int empty = 0;
        while (!closed) {
            empty = waits.isEmpty() ? empty + 1 : 0;
            if (empty > EMPTY_LOOKS) {
                sleep();
                empty = 0;
            }
            LockSupport.parkNanos(this, lookNanos);
            endLateWaits();
        }
    }

    private void sleep() {
        asleep = true;
        while (waits.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void endLateWaits() {
        long now = System.nanoTime();
        waits.forEach((task, wait) -> {
            if (wait.isOver(now)) {
                task.giveUp(wait.patience());
            }
        });
    }

    /// Waits that are under way end with their tasks.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
