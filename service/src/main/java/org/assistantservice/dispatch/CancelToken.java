package org.assistantservice.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A one-way switch that tells work to stop. Thread-safe.
public final class CancelToken {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean cancelled;

    public boolean isCancelled() {
        return cancelled;
    }

    /// Runs `listener` once when this token is cancelled, on the cancelling thread; at once if it
    /// already is. The returned handle takes the listener away again.
    public Runnable onCancel(Runnable listener) {
        lock.lock();
        try {
            if (!cancelled) {
                listeners.add(listener);
                return () -> remove(listener);
            }
        } finally {
            lock.unlock();
        }
        listener.run();
        return () -> {};
    }

    /// Fires every listener; later calls do nothing.
    public void cancel() {
        List<Runnable> fired;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            cancelled = true;
            fired = List.copyOf(listeners);
            listeners.clear();
        } finally {
            lock.unlock();
        }
        fired.forEach(Runnable::run);
    }

    private void remove(Runnable listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }
}
