package org.assistantservice.run;

/// A transaction of the journal on its way to the disk. Thread-safe.
public interface Commit {
    /// Waits until the transaction is on disk. Throws what kept it from there, each time it is
    /// asked: [FencedException], or [org.assistantservice.thread.StoreUnavailableException] if the
    /// outcome is not known.
    void await();

    /// Runs `reaction` once when the transaction is on disk, which may be now, on a thread of its
    /// own; never if it fails.
    void whenStored(Runnable reaction);
}
