package org.assistantservice.server;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whether the service is on its way out: then new turns are refused and readiness says no.
/// Thread-safe.
@Singleton
public final class Draining {
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

    public boolean isDraining() {
        return begun;
    }
}
