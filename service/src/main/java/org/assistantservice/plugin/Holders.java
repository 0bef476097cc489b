package org.assistantservice.plugin;

import java.util.concurrent.atomic.AtomicInteger;

/// How many hold something that is closed after the last one let go. Starts with one holder, the
/// creator. Thread-safe and lock-free.
final class Holders {
    private final AtomicInteger count = new AtomicInteger(1);

    /// Adds a holder, unless the last one is gone already.
    boolean tryAdd() {
        return count.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    /// Takes a holder away; true if it was the last one.
    boolean remove() {
        return count.decrementAndGet() == 0;
    }
}
