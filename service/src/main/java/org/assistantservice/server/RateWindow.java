package org.assistantservice.server;

import java.time.Duration;

/// Admits so many events per window of time. For one thread at a time.
public final class RateWindow {
    private final int most;
    private final long windowNanos;
    private long beganNanos = System.nanoTime();
    private int count;

    public RateWindow(int most, Duration window) {
        this.most = most;
        this.windowNanos = window.toNanos();
    }

    /// Counts one event.
    ///
    /// @return whether it is within the limit
    public boolean admits() {
        long now = System.nanoTime();
        if (now - beganNanos >= windowNanos) {
            beganNanos = now;
            count = 0;
        }
        count++;
        return count <= most;
    }
}
