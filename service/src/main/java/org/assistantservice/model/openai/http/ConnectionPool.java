package org.assistantservice.model.openai.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Open connections that wait for their next request; the one that came last is used first, so that
/// those not needed grow old. Thread-safe.
final class ConnectionPool {
    /// How long a connection may wait. Servers close idle ones themselves, many after a minute.
    static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private record Idle(Connection connection, long since) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Idle> waiting = new ArrayDeque<>();
    private final int capacity;
    private final LongSupplier nanoTime;
    private boolean isClosed;

    ConnectionPool(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    /// A connection that was open a moment ago, or null.
    @Nullable Connection take() {
        lock.lock();
        try {
            Idle last = waiting.pollLast();
            return last == null ? null : last.connection;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the connection in.
    ///
    /// @return false if there is no room; it is the caller's to close then
    boolean keep(Connection connection) {
        lock.lock();
        try {
            if (isClosed || waiting.size() >= capacity) {
                return false;
            }
            return waiting.add(new Idle(connection, nanoTime.getAsLong()));
        } finally {
            lock.unlock();
        }
    }

    /// The connection was closed.
    void forget(Connection connection) {
        lock.lock();
        try {
            waiting.removeIf(idle -> idle.connection == connection);
        } finally {
            lock.unlock();
        }
    }

    /// Closes those that have waited too long.
    void closeOld() {
        long limit = nanoTime.getAsLong() - IDLE_LIMIT.toNanos();
        List<Idle> old = new ArrayList<>();
        lock.lock();
        try {
            while (!waiting.isEmpty() && waiting.getFirst().since - limit <= 0) {
                old.add(waiting.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        old.forEach(idle -> idle.connection.close());
    }

    /// Closes all, and takes in no more.
    void close() {
        List<Idle> all;
        lock.lock();
        try {
            isClosed = true;
            all = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(idle -> idle.connection.close());
    }
}
