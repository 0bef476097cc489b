package org.assistantservice.server;

/// Asks the store whether it answers. May block for a short time; thread-safe.
@FunctionalInterface
public interface StoreProbe {
    boolean isReachable();
}
