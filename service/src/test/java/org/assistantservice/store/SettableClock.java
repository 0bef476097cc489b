package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Time that passes when a test says so.
final class SettableClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Given.NOW);

    @Override
    public Instant instant() {
        return now.get();
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
