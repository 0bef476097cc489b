package org.assistantservice.model.openai;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Keeps retries a small share of the traffic, so that they cannot double the load on an endpoint
/// that is down already: in each minute at most a percentage of its calls, but always some.
/// Thread-safe.
final class RetryBudget {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanoTime;
    private final int percent;
    private final int always;
    private long minuteStart;
    private long calls;
    private long retries;

    RetryBudget(OpenAiResilience settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        percent = settings.retryBudgetPercent();
        always = settings.retryBudgetPerMinute();
        minuteStart = nanoTime.getAsLong();
    }

    void called() {
        lock.lock();
        try {
            turnMinute();
            calls++;
        } finally {
            lock.unlock();
        }
    }

    /// Takes one retry from the budget, if there is one.
    boolean take() {
        lock.lock();
        try {
            turnMinute();
            if (retries >= Math.max(always, calls * percent / 100)) {
                return false;
            }
            retries++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void turnMinute() {
        long now = nanoTime.getAsLong();
        if (now - minuteStart >= MINUTE) {
            minuteStart = now;
            calls = 0;
            retries = 0;
        }
    }
}
