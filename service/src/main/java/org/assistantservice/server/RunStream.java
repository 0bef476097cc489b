package org.assistantservice.server;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.server.StreamFormat.Ending;
import org.assistantservice.server.Timers.Timer;
import org.assistantservice.thread.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's stream of a run's events: follows the run, keeps the connection alive by timer, and
/// ends with the run, with the connection, or after the longest time a stream may be open.
///
/// A reader that is slow while stored events are replayed is waited for, by leaving the run and
/// joining it again once everything was sent; no thread waits. One that is slow afterwards loses
/// its stream and may come back with its cursor. Either way a bounded number of bytes waits.
/// Thread-safe.
final class RunStream implements RunReader {
    private static final Logger LOG = LoggerFactory.getLogger(RunStream.class);
    private static final byte[] NOTHING = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final StreamOrder order;
    private final StreamContext context;
    private final RunStreams streams;
    private final Timers timers;
    private final ChunkQueue queue;

    private volatile @Nullable SequencedEvent latest;
    private volatile long lastFrameNanos = System.nanoTime();
    private @Nullable Subscription subscription;
    private Timer heartbeat = Timer.NONE;
    private Timer deadline = Timer.NONE;
    private boolean isJoining;

    // Written under the lock; read without it for every batch.
    private volatile boolean hasMissed;
    private volatile boolean isClosed;

    /// @param bufferBytes what may wait for the reader
    RunStream(StreamOrder order, RunStreams streams, Timers timers, int bufferBytes) {
        this.order = order;
        this.context = order.context();
        this.streams = streams;
        this.timers = timers;
        this.queue = new ChunkQueue(bufferBytes, ReadBufferFactory.getJdkFactory(), this::close);
    }

    /// Begins to follow the run; on return what is stored of it waits to be sent.
    ///
    /// @throws RunException as [RunStreams#subscribe] does; the stream is closed then
    void open() {
        boolean isOpen = false;
        try {
            join();
            isOpen = true;
        } finally {
            if (!isOpen) {
                close();
            }
        }
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            heartbeat = timers.after(context.heartbeat(), this::beat);
            deadline = timers.after(context.longest(), this::expire);
        } finally {
            lock.unlock();
        }
        if (queue.isEmpty()) {
            queue.offer(order.format().keepAlive());
        }
    }

    Publisher<ReadBuffer> chunks() {
        return queue;
    }

    @Override
    public void onEvents(EventBatch batch) {
        byte[] frames = batch.encoded(order.format().encoder());
        if (frames.length == 0 || isBehind()) {
            return;
        }
        if (queue.offer(latest == null ? order.format().first(frames) : frames)) {
            order.format().taken(frames);
            latest = batch.last();
            lastFrameNanos = System.nanoTime();
        } else if (!missWhileJoining()) {
            end(Ending.TOO_SLOW);
        }
    }

    @Override
    public void onEnd(End end) {
        if (isBehind()) {
            return;
        }
        switch (end) {
            case RUN_OVER -> finish(NOTHING);
            case SERVICE_STOPPING -> end(Ending.SERVICE_STOPPING);
            case INTERRUPTED -> end(Ending.INTERRUPTED);
        }
    }

    /// The client has left.
    ///
    /// @return whether the stream was still open
    boolean close() {
        Subscription left;
        lock.lock();
        try {
            if (isClosed) {
                return false;
            }
            isClosed = true;
            left = subscription;
            heartbeat.cancel();
            deadline.cancel();
        } finally {
            lock.unlock();
        }
        if (left != null) {
            left.close();
        }
        order.lifecycle().closed();
        return true;
    }

    private void join() {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            isJoining = true;
            hasMissed = false;
        } finally {
            lock.unlock();
        }
        joined(streams.subscribe(context.principal(), cursor(), this));
    }

    private void joined(Subscription made) {
        boolean isBehind;
        boolean isOver;
        lock.lock();
        try {
            isJoining = false;
            isBehind = hasMissed;
            isOver = isClosed;
            subscription = isBehind || isOver ? null : made;
        } finally {
            lock.unlock();
        }
        if (isBehind || isOver) {
            made.close();
        }
        if (isBehind && !isOver) {
            queue.whenEmpty(() -> Thread.startVirtualThread(this::rejoin));
        }
    }

    private void rejoin() {
        try {
            join();
        } catch (RunException | StoreUnavailableException e) {
            LOG.warn("A slow reader cannot go on from {}", cursor(), e);
            end(Ending.INTERRUPTED);
        } catch (RuntimeException e) {
            LOG.error("A slow reader cannot go on from {}", cursor(), e);
            end(Ending.INTERRUPTED);
        }
    }

    /// Place of the last event that was queued for the reader.
    private RunCursor cursor() {
        SequencedEvent last = latest;
        RunCursor start = order.after();
        return last == null ? start : new RunCursor(start.runId(), last.epoch(), last.n());
    }

    private void beat() {
        long left = context.heartbeat().toNanos() - (System.nanoTime() - lastFrameNanos);
        if (left <= 0) {
            if (queue.isEmpty()) {
                queue.offer(order.format().keepAlive());
            }
            lastFrameNanos = System.nanoTime();
            left = context.heartbeat().toNanos();
        }
        lock.lock();
        try {
            if (!isClosed) {
                heartbeat = timers.after(Duration.ofNanos(left), this::beat);
            }
        } finally {
            lock.unlock();
        }
    }

    private void expire() {
        if (end(Ending.TOO_LONG)) {
            order.lifecycle().expired();
        }
    }

    private boolean end(Ending ending) {
        return finish(order.format().ending(ending, context));
    }

    private boolean finish(byte[] last) {
        boolean isFirst = close();
        if (isFirst) {
            queue.complete(last);
        }
        return isFirst;
    }

    private boolean missWhileJoining() {
        lock.lock();
        try {
            hasMissed = isJoining;
            return isJoining;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBehind() {
        return isClosed || hasMissed;
    }
}
