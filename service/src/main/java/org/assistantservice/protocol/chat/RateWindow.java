package org.assistantservice.protocol.chat;

import java.time.Duration;

/// Admits so many events per window of time. For one thread at a time.
final class RateWindow {
    private final int most;
    private final long windowNanos;
    private long beganNanos = System.nanoTime();
    private int count;

    RateWindow(int most, Duration window) {
        this.most = most;
        this.windowNanos = window.toNanos();
    }

    /// Counts one event.
    ///
    /// @return whether it is within the limit
    boolean admits() {
        long now = System.nanoTime();
        if (now - beganNanos >= windowNanos) {
            beganNanos = now;
            count = 0;
        }
        count++;
        return count <= most;
    }
}
