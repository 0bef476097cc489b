package org.assistantservice.server;

import jakarta.inject.Singleton;

/// Whether the service is on its way out: then new turns are refused and readiness says no.
/// Thread-safe.
@Singleton
public final class Draining {
    private volatile boolean begun;

    /// From now on. Idempotent; there is no way back.
    public void begin() {
        begun = true;
    }

    public boolean isDraining() {
        return begun;
    }
}
