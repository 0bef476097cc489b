package org.assistantservice.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.RunId;
import org.jspecify.annotations.Nullable;

/// Hands a run's events to its readers, in batches and in order.
///
/// Two locks, always taken in this order: `turn` while a batch is on its way to the readers, so
/// that batches keep their order, and the feed's lock for what waits here. Readers are called
/// without the feed's lock, so the producer can go on placing events meanwhile. "Under the feed's
/// lock" below means that [RunFeed] holds it already.
final class FeedDelivery {
    private final RunId runId;
    private final ReentrantLock feedLock;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<FeedReader> readers = new CopyOnWriteArrayList<>();
    private final List<SequencedEvent> waiting = new ArrayList<>();
    private @Nullable SequencedEvent lastOut;
    private int holds;
    private volatile boolean wasRead;
    private RunReader.@Nullable End end;

    FeedDelivery(RunId runId, ReentrantLock feedLock) {
        this.runId = runId;
        this.feedLock = feedLock;
    }

    /// The event goes out at the next [#flush]. Under the feed's lock.
    void add(SequencedEvent event) {
        waiting.add(event);
    }

    /// Nothing goes out until it was released as often as held. Under the feed's lock.
    void hold() {
        holds++;
    }

    /// Under the feed's lock.
    void release(int times) {
        holds -= times;
    }

    /// Under the feed's lock.
    boolean isHeld() {
        return holds > 0;
    }

    /// Place of the last event of this epoch that went out; 0 if none did. Under the feed's lock.
    int lastOutOf(int epoch) {
        return lastOut != null && lastOut.epoch() == epoch ? lastOut.n() : 0;
    }

    /// Adds a reader; one that comes after the end is told at once. Under the feed's lock, so that
    /// no batch goes out between what the reader is given first and what it gets live.
    void attach(FeedReader reader) {
        readers.add(reader);
        wasRead = true;
        if (end != null) {
            reader.end(end);
        }
    }

    /// Hands everything that waits to the readers, unless it is held. Any thread, no lock held.
    void flush() {
        turn.lock();
        try {
            EventBatch batch = take();
            if (batch != null) {
                for (FeedReader reader : readers) {
                    reader.offer(batch);
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /// Nothing more will come; the first reason counts. Any thread, no lock held.
    void end(RunReader.End why) {
        feedLock.lock();
        try {
            if (end != null) {
                return;
            }
            end = why;
        } finally {
            feedLock.unlock();
        }
        for (FeedReader reader : readers) {
            reader.end(why);
        }
    }

    /// Any thread.
    void detach(FeedReader reader) {
        readers.remove(reader);
    }

    /// Any thread.
    int readerCount() {
        return readers.size();
    }

    /// Whether there ever was a reader. Any thread.
    boolean wasRead() {
        return wasRead;
    }

    private @Nullable EventBatch take() {
        feedLock.lock();
        try {
            if (waiting.isEmpty() || isHeld()) {
                return null;
            }
            EventBatch batch = new EventBatch(runId, waiting);
            waiting.clear();
            lastOut = batch.last();
            return batch;
        } finally {
            feedLock.unlock();
        }
    }
}
