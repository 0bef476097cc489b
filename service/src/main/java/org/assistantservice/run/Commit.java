package org.assistantservice.run;

/// A transaction of the journal on its way to the disk. Thread-safe.
public interface Commit {
    /// Waits until the transaction is on disk. Throws what kept it from there, each time it is
    /// asked: [FencedException], or [org.assistantservice.thread.StoreUnavailableException] if the
    /// outcome is not known.
    void await();

    /// Runs `reaction` once when the transaction is on disk, never if it fails: on a thread of the
    /// journal, so it must not block, or at once if it is there already.
    void whenStored(Runnable reaction);
}
