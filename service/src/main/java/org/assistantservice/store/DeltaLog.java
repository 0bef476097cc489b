package org.assistantservice.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.assistantservice.identity.RunId;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows of text deltas on their way to the log. All runs' rows are written together, at most four
/// times a second, in a transaction that does not wait for the disk.
///
/// [#add] may be called on any thread; the others on the writer's. What cannot be written stays and
/// is tried again. When too many rows wait, new ones are dropped and never reported as stored:
/// their run gives them again with its next transaction.
final class DeltaLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaLog.class);
    private static final int MAX_WAITING_ROWS = 20_000;

    private final long intervalNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Entry> waiting = new ArrayList<>();
    private int waitingRows;
    private long lastFlush;

    private record Entry(RunId runId, List<StoredRow> rows, Runnable stored) {}

    DeltaLog(Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.lastFlush = System.nanoTime() - intervalNanos;
    }

    /// Takes rows to be written.
    ///
    /// @return whether the writer may be asleep and must be told
    boolean add(RunId runId, List<StoredRow> rows, Runnable stored) {
        lock.lock();
        try {
            if (waitingRows + rows.size() > MAX_WAITING_ROWS) {
                LOG.warn("{}: {} rows of deltas dropped, too many wait", runId, rows.size());
                return false;
            }
            waiting.add(new Entry(runId, rows, stored));
            waitingRows += rows.size();
            return waiting.size() == 1;
        } finally {
            lock.unlock();
        }
    }

    /// How long the writer may sleep before it must flush.
    long nanosUntilDue() {
        lock.lock();
        try {
            return waiting.isEmpty()
                    ? Long.MAX_VALUE
                    : Math.max(0, lastFlush + intervalNanos - System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /// Writes what waits and tells those who wait for it.
    ///
    /// @param connection asked only if something waits
    /// @return false if it failed; then the connection cannot be used any more
    boolean flush(Supplier<Handle> connection) {
        List<Entry> batch = takeAll();
        lastFlush = System.nanoTime();
        if (batch.isEmpty()) {
            return true;
        }
        try {
            write(connection.get(), batch);
        } catch (RuntimeException e) {
            LOG.warn("{} writes of deltas failed and are tried again", batch.size(), e);
            putBack(batch);
            return false;
        }
        batch.forEach(DeltaLog::tell);
        return true;
    }

    /// The next durable commit syncs the log of the database as a whole, and these rows with it.
    private static void write(Handle open, List<Entry> batch) {
        open.execute(SqliteFile.RELAXED);
        open.execute("BEGIN IMMEDIATE");
        for (Entry entry : batch) {
            EventRows.insertIfRunExists(open, entry.runId, entry.rows);
        }
        open.execute("COMMIT");
        open.execute(SqliteFile.DURABLE);
    }

    private List<Entry> takeAll() {
        lock.lock();
        try {
            List<Entry> all = waiting;
            waiting = new ArrayList<>();
            waitingRows = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<Entry> batch) {
        lock.lock();
        try {
            batch.addAll(waiting);
            waiting = batch;
            waitingRows = batch.stream().mapToInt(entry -> entry.rows.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Entry entry) {
        try {
            entry.stored.run();
        } catch (RuntimeException e) {
            LOG.error("{}: the reaction to stored deltas failed", entry.runId, e);
        }
    }
}
