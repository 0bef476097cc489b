package org.assistantservice.run;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.jspecify.annotations.Nullable;

/// The events of one run on this process: gives each its place, and passes it on to the readers
/// ([FeedDelivery]) and to the rows for the log ([UnstoredRows]).
///
/// One producer at a time appends; readers come and go on any thread. One lock guards places, rows
/// and what waits for delivery, so that a reader that joins sees all three at the same moment; it
/// is held no longer than a copy of a list takes. Readers are called without it.
final class RunFeed {
    private final RunId runId;
    private final ReentrantLock lock = new ReentrantLock();
    private final FeedDelivery delivery;
    private final UnstoredRows rows = new UnstoredRows();
    private int epoch;
    private int lastN;
    private int changes;
    private int withdrawnHolds;
    private boolean hasProducer;
    private volatile @Nullable Principal owner;
    private volatile long awaitedUntil;

    RunFeed(RunId runId) {
        this.runId = runId;
        this.delivery = new FeedDelivery(runId, lock);
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
                delivery.add(event);
            }
            rows.begin(stored, epochNow, lastN);
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
    /// returns the rows for it: these and all before them that are neither known to be stored nor
    /// staged. Nothing reaches readers from now on until the outcome of all that is staged was
    /// told, by [#committed] or [#withdraw].
    StagedRows stage(List<? extends RunEvent> events) {
        lock.lock();
        try {
            delivery.hold();
            rows.closeRow();
            events.forEach(this::place);
            int holds = 1 + withdrawnHolds;
            withdrawnHolds = 0;
            return new StagedRows(rows.stage(), lastN, holds);
        } finally {
            lock.unlock();
        }
    }

    /// The transaction with the staged rows is on disk: shows them, unless other staged events are
    /// in the way. May be told more than once.
    void committed(StagedRows staged) {
        lock.lock();
        try {
            if (staged.settle()) {
                delivery.release(staged.holds());
                rows.stored(epoch, staged.lastN());
            }
        } finally {
            lock.unlock();
        }
        flush();
    }

    /// The transaction with the staged rows failed, or one before it did. What they hold stays
    /// back, to be staged again with the next: only that one's commit shows it.
    void withdraw(StagedRows staged) {
        lock.lock();
        try {
            if (staged.settle()) {
                withdrawnHolds += staged.holds();
                rows.withdraw();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes the rows that are ready for the log; none while staged events wait for their commit,
    /// which takes them all. Afterwards the caller owes a call of [#stored].
    List<EventRow> takeForLog() {
        lock.lock();
        try {
            return delivery.isHeld() ? List.of() : rows.take();
        } finally {
            lock.unlock();
        }
    }

    /// The log holds everything of this epoch up to `n`.
    void stored(int epochStored, int n) {
        lock.lock();
        try {
            rows.stored(epochStored, n);
        } finally {
            lock.unlock();
        }
    }

    /// Hands what was appended to the readers; nothing while staged events wait for their commit.
    void flush() {
        delivery.flush();
    }

    /// Nothing more will come from this process; readers are told.
    void close(RunReader.End why) {
        delivery.end(why);
    }

    /// Adds a reader and returns what it has to deliver before live events: those that may not be
    /// in the log yet, and the first ones while they are still here.
    List<SequencedEvent> attach(FeedReader reader) {
        lock.lock();
        try {
            delivery.attach(reader);
            return rows.eventsUpTo(delivery.lastOutOf(epoch));
        } finally {
            lock.unlock();
        }
    }

    void detach(FeedReader reader) {
        delivery.detach(reader);
    }

    int readerCount() {
        return delivery.readerCount();
    }

    /// Whether nobody would miss this feed.
    boolean isIdle() {
        lock.lock();
        try {
            return readerCount() == 0 && !hasProducer;
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
        return !delivery.wasRead() && now < awaitedUntil;
    }

    boolean isOwnedBy(Principal principal) {
        return principal.equals(owner);
    }

    /// Whether the place can have been shown to a reader: anything of an older epoch, and what was
    /// delivered of this one.
    boolean hasReached(RunCursor cursor) {
        lock.lock();
        try {
            return cursor.epoch() < epoch
                    || (cursor.epoch() == epoch && cursor.n() <= delivery.lastOutOf(epoch));
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

    /// Called for every token: no more than the event's place is allocated here.
    private void place(RunEvent event) {
        lastN++;
        changes += event.changes();
        delivery.add(new SequencedEvent(epoch, lastN, event));
        rows.add(lastN, event);
    }
}
