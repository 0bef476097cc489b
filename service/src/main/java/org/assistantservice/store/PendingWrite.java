package org.assistantservice.store;

import java.time.Duration;
import org.assistantservice.run.Commit;

/// A write that waits for the writer, or for its transaction to be on disk.
final class PendingWrite<T> implements Commit {
    private final WriteTask<T> task;
    private final Patience waits;
    private final Duration patience;

    PendingWrite(WriteTask<T> task, Patience waits, Duration patience) {
        this.task = task;
        this.waits = waits;
        this.patience = patience;
    }

    /// Waits for the transaction, at most as long as the caller's patience from now on.
    T result() {
        return waits.await(task, patience);
    }

    @Override
    public void await() {
        var _ = result();
    }

    @Override
    public void whenStored(Runnable reaction) {
        task.whenStored(reaction);
    }
}
