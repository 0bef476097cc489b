package org.assistantservice.model.openai;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Stops one attempt from outside, at a deadline or on demand. Who reads the answer only writes a
/// time stamp; one timer looks at it. Thread-safe.
final class AttemptWatch implements AutoCloseable {
    private final ScheduledExecutorService timers;
    private final long end;
    private final Duration idle;
    private final Duration total;
    private volatile @Nullable String reason;
    private volatile Duration patience;
    private volatile String silence;
    private volatile long lastSign;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Runnable stopper;
    private @Nullable ScheduledFuture<?> timer;
    private boolean closed;

    /// @param timers runs short tasks only
    /// @param firstByte until the head of the answer
    /// @param idle between two reads of it
    AttemptWatch(
            ScheduledExecutorService timers, Duration firstByte, Duration idle, Duration total) {
        this.timers = timers;
        this.idle = idle;
        this.total = total;
        patience = firstByte;
        silence = "The model endpoint did not answer within %s";
        lastSign = System.nanoTime();
        end = lastSign + total.toNanos();
        look();
    }

    /// How to stop what the attempt does from now on; done at once if it is stopped already.
    void stopBy(Runnable stop) {
        lock.lock();
        try {
            stopper = stop;
        } finally {
            lock.unlock();
        }
        if (isStopped()) {
            stop.run();
        }
    }

    /// The answer has begun: from now on silence is measured between reads.
    void answered() {
        lastSign = System.nanoTime();
        patience = idle;
        silence = "The model endpoint fell silent for %s within its answer";
        look();
    }

    /// Bytes have arrived.
    void heard() {
        lastSign = System.nanoTime();
    }

    /// Stops the attempt; the first reason counts.
    void stop(String why) {
        Runnable stop;
        lock.lock();
        try {
            reason = reason == null ? why : reason;
            stop = stopper;
        } finally {
            lock.unlock();
        }
        if (stop != null) {
            stop.run();
        }
    }

    boolean isStopped() {
        return reason != null;
    }

    /// Why the attempt was stopped, or null if it was not.
    @Nullable String reason() {
        return reason;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            cancelTimer();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        long now = System.nanoTime();
        long untilSilence = lastSign + patience.toNanos() - now;
        long untilEnd = end - now;
        if (untilEnd <= 0) {
            stop("The model endpoint took longer than %s".formatted(total));
        } else if (untilSilence <= 0) {
            stop(silence.formatted(patience));
        } else {
            lookAgainIn(Math.min(untilSilence, untilEnd));
        }
    }

    private void lookAgainIn(long nanos) {
        lock.lock();
        try {
            if (!closed) {
                cancelTimer();
                timer = timers.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
