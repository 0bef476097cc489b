package org.assistantservice.protocol.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.SequencedEvent;

/// A run whose events the test plays. Delivers what it holds, then what is played, on the caller's
/// thread.
final class FakeRun {
    final Run run;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<SequencedEvent> log = new ArrayList<>();
    private final List<RunReader> readers = new ArrayList<>();
    private boolean isOver;
    private int pageSize = 1;

    FakeRun(Run run) {
        this.run = run;
        play(RunEvent.RunChanged.created(run), RunEvent.RunChanged.to(run));
    }

    /// How many stored events a reader gets at once.
    void pageSize(int events) {
        pageSize = events;
    }

    void play(RunEvent... events) {
        play(List.of(events));
    }

    void play(List<? extends RunEvent> events) {
        for (RunEvent event : events) {
            lock.lock();
            try {
                SequencedEvent placed = new SequencedEvent(1, log.size() + 1, event);
                log.add(placed);
                isOver |= event.isLast();
                for (RunReader reader : List.copyOf(readers)) {
                    deliver(reader, List.of(placed));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    void end(RunReader.End end) {
        lock.lock();
        try {
            List.copyOf(readers).forEach(it -> it.onEnd(end));
            readers.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Delivers what the reader missed, and from now on what is played.
    ///
    /// @return what takes the reader off again
    Runnable join(RunCursor after, RunReader reader) {
        lock.lock();
        try {
            List<SequencedEvent> missed = log.stream().filter(after::isBefore).toList();
            readers.add(reader);
            for (int i = 0; i < missed.size(); i += pageSize) {
                List<SequencedEvent> page =
                        missed.subList(i, Math.min(missed.size(), i + pageSize));
                if (readers.contains(reader)) {
                    deliver(reader, page);
                }
            }
            if (isOver && missed.isEmpty()) {
                leave(reader);
                reader.onEnd(RunReader.End.RUN_OVER);
            }
        } finally {
            lock.unlock();
        }
        return () -> leave(reader);
    }

    boolean hasReached(RunCursor cursor) {
        lock.lock();
        try {
            return cursor.n() == 0 || (cursor.epoch() == 1 && cursor.n() <= log.size());
        } finally {
            lock.unlock();
        }
    }

    int readers() {
        lock.lock();
        try {
            return readers.size();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(RunReader reader, List<SequencedEvent> events) {
        reader.onEvents(new EventBatch(run.id(), events));
        if (events.getLast().event().isLast()) {
            leave(reader);
            reader.onEnd(RunReader.End.RUN_OVER);
        }
    }

    private void leave(RunReader reader) {
        lock.lock();
        try {
            readers.remove(reader);
        } finally {
            lock.unlock();
        }
    }
}
