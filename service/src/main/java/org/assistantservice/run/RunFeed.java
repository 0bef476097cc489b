package org.assistantservice.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.RunEvent.CallProgress;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.StepDelta;
import org.jspecify.annotations.Nullable;

/// The events of one run on this process: gives each its place, hands them to readers, and keeps
/// those that are not in the log yet.
///
/// One producer at a time appends; readers come and go on any thread. Nothing here blocks for
/// longer than a copy of a list.
final class RunFeed {
    /// A row of deltas is closed at this many characters.
    private static final int ROW_CHARACTERS = 2048;

    private final RunId runId;
    private final ReentrantLock lock = new ReentrantLock();

    /// Held while a batch is on its way to the readers, so that batches keep their order.
    private final ReentrantLock delivery = new ReentrantLock();

    private final List<FeedReader> readers = new CopyOnWriteArrayList<>();
    private final List<SequencedEvent> undelivered = new ArrayList<>();
    private final List<SequencedEvent> head = new ArrayList<>();
    private final Deque<EventRow> unstored = new ArrayDeque<>();
    private final List<RunEvent> openRow = new ArrayList<>();
    private int openRowCharacters;
    private int epoch;
    private int lastN;
    private int deliveredN;
    private int handedToLog;
    private int changes;
    private volatile @Nullable Principal owner;
    private volatile boolean wasRead;
    private volatile long awaitedUntil;
    private boolean staged;
    private boolean hasProducer;
    private RunReader.@Nullable End end;

    RunFeed(RunId runId) {
        this.runId = runId;
    }

    RunId runId() {
        return runId;
    }

    /// Begins an epoch with events that are stored already; waiting readers get them at the next
    /// [#flush].
    void begin(List<SequencedEvent> stored, int epochNow, int changesBefore) {
        lock.lock();
        try {
            epoch = epochNow;
            lastN = 0;
            changes = changesBefore;
            for (SequencedEvent event : stored) {
                if (event.epoch() == epochNow) {
                    lastN = event.n();
                    changes += event.event().changes();
                }
            }
            handedToLog = lastN;
            head.addAll(stored);
            undelivered.addAll(stored);
            hasProducer = true;
        } finally {
            lock.unlock();
        }
    }

    /// Adds an event that needs no transaction. It reaches readers at the next [#flush].
    void append(RunEvent event) {
        lock.lock();
        try {
            place(event);
        } finally {
            lock.unlock();
        }
    }

    /// Adds events that are to be stored by the transaction the caller is about to make, and
    /// returns the rows for it: these and all before them that are not known to be stored. They
    /// reach readers at the next [#flush], after [#committed].
    List<EventRow> stage(List<? extends RunEvent> events) {
        lock.lock();
        try {
            staged = true;
            closeRow();
            events.forEach(this::place);
            closeRow();
            return List.copyOf(unstored);
        } finally {
            lock.unlock();
        }
    }

    /// The transaction with the staged rows is on disk.
    void committed() {
        lock.lock();
        try {
            staged = false;
            head.clear();
            unstored.clear();
            handedToLog = lastN;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the rows that are ready for the log. Afterwards the caller owes a call of [#stored].
    List<EventRow> takeForLog() {
        lock.lock();
        try {
            if (staged) {
                return List.of();
            }
            closeRow();
            int from = handedToLog;
            List<EventRow> rows = unstored.stream().filter(row -> row.n() > from).toList();
            handedToLog = lastN;
            return rows;
        } finally {
            lock.unlock();
        }
    }

    /// The log holds everything of this epoch up to `n`.
    void stored(int epochStored, int n) {
        lock.lock();
        try {
            head.clear();
            while (epochStored == epoch && !unstored.isEmpty() && unstored.peek().lastN() <= n) {
                unstored.poll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Hands what was appended to the readers; nothing while staged events wait for their commit.
    void flush() {
        delivery.lock();
        try {
            EventBatch batch = takeUndelivered();
            if (batch != null) {
                for (FeedReader reader : readers) {
                    reader.offer(batch);
                }
            }
        } finally {
            delivery.unlock();
        }
    }

    private @Nullable EventBatch takeUndelivered() {
        lock.lock();
        try {
            if (undelivered.isEmpty() || staged) {
                return null;
            }
            EventBatch batch = new EventBatch(runId, undelivered);
            undelivered.clear();
            deliveredN = lastN;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will come from this process; readers are told.
    void close(RunReader.End why) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = why;
        } finally {
            lock.unlock();
        }
        for (FeedReader reader : readers) {
            reader.end(why);
        }
    }

    /// Adds a reader and returns what it has to deliver before live events: those that may not be
    /// in the log yet, and the first ones while they are still here.
    List<SequencedEvent> attach(FeedReader reader) {
        lock.lock();
        try {
            readers.add(reader);
            wasRead = true;
            List<SequencedEvent> tail = new ArrayList<>(head);
            for (EventRow row : unstored) {
                addDelivered(tail, row.n(), row.events());
            }
            addDelivered(tail, lastN - openRow.size() + 1, openRow);
            if (end != null) {
                reader.end(end);
            }
            return tail;
        } finally {
            lock.unlock();
        }
    }

    void detach(FeedReader reader) {
        readers.remove(reader);
    }

    int readerCount() {
        return readers.size();
    }

    /// Whether nobody would miss this feed.
    boolean isIdle() {
        lock.lock();
        try {
            return readers.isEmpty() && !hasProducer;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a run of this process appends here.
    boolean isLive() {
        return owner != null;
    }

    /// @param until how long its readers may take to come, in epoch milliseconds
    void ownedBy(Principal principal, long until) {
        owner = principal;
        awaitedUntil = until;
    }

    /// Whether nobody has followed the run yet, but its reader may be on its way.
    boolean isAwaited(long now) {
        return !wasRead && now < awaitedUntil;
    }

    boolean isOwnedBy(Principal principal) {
        return principal.equals(owner);
    }

    /// Whether the place can have been shown to a reader: anything of an older epoch, and what was
    /// delivered of this one.
    boolean hasReached(RunCursor cursor) {
        lock.lock();
        try {
            return cursor.epoch() < epoch || (cursor.epoch() == epoch && cursor.n() <= deliveredN);
        } finally {
            lock.unlock();
        }
    }

    int changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private void addDelivered(List<SequencedEvent> tail, int firstN, List<RunEvent> events) {
        int n = firstN;
        for (RunEvent event : events) {
            if (n <= deliveredN) {
                tail.add(new SequencedEvent(epoch, n, event));
            }
            n++;
        }
    }

    private void place(RunEvent event) {
        lastN++;
        changes += event.changes();
        undelivered.add(new SequencedEvent(epoch, lastN, event));
        if (!joinsOpenRow(event)) {
            closeRowBefore();
        }
        if (event instanceof CallProgress) {
            return; // live only: it has a place, but no row
        }
        openRow.add(event);
        openRowCharacters += characters(event);
        if (openRowCharacters >= ROW_CHARACTERS) {
            closeRow();
        }
    }

    private boolean joinsOpenRow(RunEvent event) {
        if (openRow.isEmpty()) {
            return true;
        }
        RunEvent before = openRow.getLast();
        return (event instanceof MessageDelta now
                        && before instanceof MessageDelta then
                        && now.messageId().equals(then.messageId()))
                || (event instanceof StepDelta next
                        && before instanceof StepDelta last
                        && next.stepId().equals(last.stepId())
                        && next.index() == last.index()
                        && next.callId() == null);
    }

    /// Closes the row that `place` is about to leave behind; its events end before `lastN`.
    private void closeRowBefore() {
        if (!openRow.isEmpty()) {
            unstored.add(new EventRow(epoch, lastN - openRow.size(), openRow));
            openRow.clear();
            openRowCharacters = 0;
        }
    }

    private void closeRow() {
        if (!openRow.isEmpty()) {
            unstored.add(new EventRow(epoch, lastN - openRow.size() + 1, openRow));
            openRow.clear();
            openRowCharacters = 0;
        }
    }

    /// How much of a row the event fills; an event that is no delta fills it.
    private static int characters(RunEvent event) {
        if (event instanceof MessageDelta delta) {
            return delta.text().length();
        }
        return event instanceof StepDelta delta ? delta.arguments().length() : ROW_CHARACTERS;
    }
}
