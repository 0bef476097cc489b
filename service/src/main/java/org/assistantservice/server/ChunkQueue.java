package org.assistantservice.server;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one reader of a response body still has to get: chunks go in from any thread, and out as
/// the connection asks for them. Holds a bounded number of bytes. For one subscriber; thread-safe.
final class ChunkQueue implements Publisher<ReadBuffer>, Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkQueue.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final int capacity;
    private final ReadBufferFactory buffers;
    private final Runnable onCancel;

    private @Nullable Subscriber<? super ReadBuffer> subscriber;
    private @Nullable Runnable whenEmpty;
    private int waitingBytes;
    private long demand;
    private boolean isEmitting;
    private boolean isComplete;
    private boolean isOver;

    /// @param capacity bytes that may wait
    /// @param onCancel called at most once, when the reader leaves before the end
    ChunkQueue(int capacity, ReadBufferFactory buffers, Runnable onCancel) {
        this.capacity = capacity;
        this.buffers = buffers;
        this.onCancel = onCancel;
    }

    /// Adds a chunk unless too much is waiting; a chunk larger than the capacity is taken when
    /// nothing waits.
    ///
    /// @return whether the chunk was taken
    boolean offer(byte[] chunk) {
        Runnable first;
        lock.lock();
        try {
            if (waitingBytes > 0 && waitingBytes + chunk.length > capacity) {
                return false;
            }
            append(chunk);
            first = begin();
        } finally {
            lock.unlock();
        }
        emit(first);
        return true;
    }

    /// Adds a last chunk, however much is waiting, and ends.
    void complete(byte[] last) {
        change(() -> {
            if (last.length > 0) {
                append(last);
            }
            isComplete = true;
        });
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return chunks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Calls `action` once, as soon as nothing waits; at once if nothing does.
    void whenEmpty(Runnable action) {
        change(() -> whenEmpty = action);
    }

    @Override
    public void subscribe(Subscriber<? super ReadBuffer> reader) {
        reader.onSubscribe(this);
        change(() -> subscriber = reader);
    }

    @Override
    public void request(long n) {
        change(() -> demand = demand + n < 0 ? Long.MAX_VALUE : demand + n);
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            if (isOver) {
                return;
            }
            isOver = true;
            chunks.clear();
            waitingBytes = 0;
        } finally {
            lock.unlock();
        }
        onCancel.run();
    }

    private void append(byte[] chunk) {
        if (!isComplete && !isOver) {
            chunks.add(chunk);
            waitingBytes += chunk.length;
        }
    }

    private void change(Runnable change) {
        Runnable first;
        lock.lock();
        try {
            change.run();
            first = begin();
        } finally {
            lock.unlock();
        }
        emit(first);
    }

    /// What is to be done now. Only one thread emits at a time; the others leave their work to it.
    private @Nullable Runnable begin() {
        Runnable first = isEmitting ? null : step();
        isEmitting |= first != null;
        return first;
    }

    private void emit(@Nullable Runnable first) {
        for (Runnable next = first; next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                LOG.warn("A connection does not take what it asked for; its stream ends", e);
                cancel();
            }
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable next = step();
            isEmitting = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable step() {
        Subscriber<? super ReadBuffer> reader = subscriber;
        if (isOver || reader == null) {
            return null;
        }
        if (chunks.isEmpty()) {
            if (isComplete) {
                isOver = true;
                return reader::onComplete;
            }
            Runnable action = whenEmpty;
            whenEmpty = null;
            return action;
        }
        if (demand == 0) {
            return null;
        }
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        byte[] chunk = chunks.remove();
        waitingBytes -= chunk.length;
        return () -> reader.onNext(buffers.adapt(chunk));
    }
}
