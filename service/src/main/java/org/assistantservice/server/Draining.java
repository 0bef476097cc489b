package org.assistantservice.server;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Whether the service is on its way out: then new turns are refused and readiness says no.
/// Thread-safe.
@Singleton
public final class Draining {
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean begun;

    /// From now on. Idempotent; there is no way back.
    public void begin() {
        begun = true;
        listeners.forEach(Runnable::run);
    }

    /// Tells `listener` when it begins, at once if it has; perhaps more than once. The listener
    /// must not block.
    public void tell(Runnable listener) {
        listeners.add(listener);
        if (begun) {
            listener.run();
        }
    }

    /// Tells `listener` no more.
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /// Waits until all listeners are forgotten: what they stand for, e.g. a socket, is closed then,
    /// with everything said that was to be said.
    ///
    /// @param patience how long at most
    public void awaitFarewells(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!listeners.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    public boolean isDraining() {
        return begun;
    }
}
