package org.assistantservice.dispatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// One call on its way through a pool. As a [FutureTask] it keeps whatever the work throws, errors
/// included, and interrupts its thread only while that thread is at this work. Thread-safe.
final class PoolCall extends FutureTask<String> {
    private static final Duration GRACE = Duration.ofMillis(100);

    private final ActionPool pool;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile long givenUpAt;

    PoolCall(ActionPool pool, Callable<String> work) {
        super(work);
        this.pool = pool;
    }

    @Override
    public void run() {
        if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
            return;
        }
        try {
            super.run();
        } finally {
            pool.ended(this, phase.getAndSet(Phase.ENDED) == Phase.GIVEN_UP);
            left.countDown();
        }
    }

    /// Waits for the end of this call: its result, its failure, or that it is given up.
    ///
    /// @return false if `limit` passed first
    boolean await(Duration limit) throws InterruptedException {
        return over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Wants the result no more: a waiting call never starts, a running one is interrupted.
    /// Idempotent; without effect on a call that has ended.
    ///
    /// @return whether the work has begun
    boolean giveUp() {
        if (phase.compareAndSet(Phase.WAITING, Phase.NEVER_STARTED)) {
            pool.neverStarted(this);
            left.countDown();
        } else if (!isDone() && phase.get() == Phase.RUNNING) {
            givenUpAt = System.nanoTime();
            if (phase.compareAndSet(Phase.RUNNING, Phase.GIVEN_UP)) {
                pool.gaveUp();
            }
        }
        cancel(true);
        return phase.get() != Phase.NEVER_STARTED;
    }

    /// Waits for a call that was given up to leave its thread, but no longer than a call takes that
    /// heeds its interrupt.
    void awaitLeaving() throws InterruptedException {
        left.await(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Whether it was given up and still holds its thread after the grace.
    boolean isAbandoned() {
        return phase.get() == Phase.GIVEN_UP && System.nanoTime() - givenUpAt >= GRACE.toNanos();
    }

    @Override
    protected void done() {
        over.countDown();
    }

    /// Without the work: its arguments have no place in a log.
    @Override
    public String toString() {
        return "a call of pack " + pool.pack();
    }

    private enum Phase {
        WAITING,
        NEVER_STARTED,
        RUNNING,
        GIVEN_UP,
        ENDED
    }
}
