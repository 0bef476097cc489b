package org.assistantservice.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Joins what is stored to what happens live for one reader, each event once and in order.
///
/// Live batches wait until the stored events are delivered. The reader is called under this
/// object's lock: it must not block, by its contract.
final class FeedReader {
    private static final int PAGE = 500;
    private static final int MAX_WAITING = 20_000;

    private final RunReader target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<EventBatch> waiting = new ArrayDeque<>();
    private final RunCursor start;
    private @Nullable SequencedEvent latest;
    private boolean live;
    private boolean closed;
    private RunReader.@Nullable End pendingEnd;

    FeedReader(RunReader target, RunCursor after) {
        this.target = target;
        this.start = after;
    }

    /// Takes a live batch.
    void offer(EventBatch batch) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (live) {
                deliver(batch);
            } else if (waiting.size() < MAX_WAITING) {
                waiting.add(batch);
            } else {
                finish(RunReader.End.INTERRUPTED);
            }
        } finally {
            lock.unlock();
        }
    }

    /// No live batch will follow.
    void end(RunReader.End why) {
        lock.lock();
        try {
            if (live) {
                finish(why);
            } else {
                pendingEnd = why;
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Delivers stored events, then `tail`, then what has happened meanwhile; from then on batches
    /// go straight to the reader.
    void catchUp(RunReads reads, List<SequencedEvent> tail) {
        if (!startsWithFirstEvent(tail) || start.epoch() > 0) {
            deliverStored(reads);
        }
        lock.lock();
        try {
            if (!tail.isEmpty()) {
                deliver(new EventBatch(start.runId(), tail));
            }
            while (!waiting.isEmpty()) {
                deliver(waiting.poll());
            }
            live = true;
            if (pendingEnd != null) {
                finish(pendingEnd);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean startsWithFirstEvent(List<SequencedEvent> tail) {
        return !tail.isEmpty() && tail.getFirst().epoch() == 0 && tail.getFirst().n() == 1;
    }

    private void deliverStored(RunReads reads) {
        List<SequencedEvent> page;
        boolean isOver = false;
        do {
            page = reads.events(start.runId(), position(), PAGE);
            if (!page.isEmpty()) {
                lock.lock();
                try {
                    deliver(new EventBatch(start.runId(), page));
                    isOver = closed;
                } finally {
                    lock.unlock();
                }
            }
        } while (page.size() == PAGE && !isOver);
    }

    private void deliver(EventBatch batch) {
        if (closed) {
            return;
        }
        EventBatch fresh = after(batch);
        if (fresh == null) {
            return;
        }
        SequencedEvent last = fresh.last();
        latest = last;
        target.onEvents(fresh);
        if (last.event().isLast()) {
            finish(RunReader.End.RUN_OVER);
        }
    }

    /// What of the batch the reader has not got; the batch itself, so that its encoded form is
    /// shared, unless it overlaps with what was stored.
    private @Nullable EventBatch after(EventBatch batch) {
        if (isNew(batch.events().getFirst())) {
            return batch;
        }
        List<SequencedEvent> fresh = batch.events().stream().filter(this::isNew).toList();
        return fresh.isEmpty() ? null : new EventBatch(batch.runId(), fresh);
    }

    private boolean isNew(SequencedEvent event) {
        SequencedEvent before = latest;
        return before == null ? start.isBefore(event) : before.compareTo(event) < 0;
    }

    private RunCursor position() {
        SequencedEvent last = latest;
        return last == null ? start : new RunCursor(start.runId(), last.epoch(), last.n());
    }

    private void finish(RunReader.End why) {
        if (!closed) {
            closed = true;
            waiting.clear();
            target.onEnd(why);
        }
    }
}
