package org.assistantservice.protocol.jellychat.engineio;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes one object's state under a lock, and does what follows from a change, e.g. a write to a
/// connection, outside of it: in the order of the changes, by one thread at a time. Thread-safe.
final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean isRunning;

    /// Runs `change` alone; it may call [#then]. Effects are done before this returns, unless
    /// another thread is at it.
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (isRunning) {
                return;
            }
            isRunning = true;
        } finally {
            lock.unlock();
        }
        for (Runnable effect = next(); effect != null; effect = next()) {
            run(effect);
        }
    }

    /// To be called within a change. The effect must not block.
    void then(Runnable effect) {
        waiting.add(effect);
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable effect = waiting.poll();
            isRunning = effect != null;
            return effect;
        } finally {
            lock.unlock();
        }
    }

    private static void run(Runnable effect) {
        try {
            effect.run();
        } catch (RuntimeException e) {
            LOG.error("A session could not do what it should", e);
        }
    }
}
