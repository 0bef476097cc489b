package org.assistantservice.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assistantservice.identity.RunId;
import org.assistantservice.thread.StoreUnavailableException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All writes of the process, one after the other on one platform thread. Whoever waits at the same
/// moment shares one transaction, and goes on once it is on disk. If one piece of work of a group
/// is refused, all are done again, each in a savepoint: **work may run twice**, and must have no
/// effect but its rows.
///
/// A failed commit is an unknown outcome for all that shared it; the connection is given up, since
/// it may be out of step with the file. Thread-safe.
final class WriteQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);
    private static final int CAPACITY = 4096;
    private static final int MAX_GROUP = 256;

    /// How much longer a run under way may wait than a new request.
    private static final int UNDER_WAY = 5;

    private final Supplier<Handle> opener;
    private final DeltaLog deltas;
    private final Duration patience;
    private final Patience waits;
    private final ArrayBlockingQueue<WriteTask<?>> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong commits = new AtomicLong();
    private final GroupTransactions transactions = new GroupTransactions();
    private final Thread writer;
    private volatile boolean closed;
    private volatile boolean stopped;
    private volatile @Nullable String problem;
    private @Nullable Handle handle;

    /// @param opener opens the durable connection
    /// @param deltas written between transactions, on the same connection: each of two would have
    ///   to read again what the other wrote
    /// @param patience how long a new request waits at most
    WriteQueue(Supplier<Handle> opener, DeltaLog deltas, Duration patience) {
        this.opener = opener;
        this.deltas = deltas;
        this.patience = patience;
        this.waits = new Patience(patience);
        this.writer = Thread.ofPlatform().name("store-writer").unstarted(this::writeAll);
    }

    void start() {
        waits.start();
        writer.start();
    }

    /// Does `work` in a transaction that is on disk when this returns.
    ///
    /// @param work runs on the writer; what it throws is thrown to the caller, and nothing of it is
    ///   stored
    /// @throws StoreUnavailableException if the store did not answer in time or the commit failed
    <T> T write(Function<Handle, T> work) {
        return write(new WriteTask<>(work), patience);
    }

    /// The same; if the caller gave up before the outcome was known, `late` gets it, on the writer:
    /// it must not wait for a write.
    <T> T write(Function<Handle, T> work, Consumer<T> late) {
        return write(new WriteTask<>(work, late), patience);
    }

    /// Asks for a write that nobody waits for.
    void writeLater(Function<Handle, Boolean> work) {
        if (!waiting.offer(new WriteTask<>(work))) {
            LOG.warn(
                    "{} writes wait already; a run stays claimed until its lease is over",
                    CAPACITY);
        }
    }

    /// [#write] for a run under way: what was acknowledged is not given up as soon as a new request
    /// is turned away, so this waits several times as long.
    <T> T writeOn(Function<Handle, T> work) {
        return begin(work).result();
    }

    /// The same, to be waited for later. Transactions are made in the order in which they were
    /// begun.
    ///
    /// @throws StoreUnavailableException if it could not even be begun
    <T> PendingWrite<T> begin(Function<Handle, T> work) {
        return begin(new WriteTask<>(work), patience.multipliedBy(UNDER_WAY));
    }

    private <T> T write(WriteTask<T> task, Duration patience) {
        return begin(task, patience).result();
    }

    private <T> PendingWrite<T> begin(WriteTask<T> task, Duration patience) {
        if (closed) {
            throw WriteTask.closed().get();
        }
        if (!offer(task, patience)) {
            throw new StoreUnavailableException(
                    "%d writes wait already; nothing was stored".formatted(CAPACITY));
        }
        if (stopped) {
            // Too late for the writer's last look.
            task.fail(WriteTask.closed().get());
        }
        return new PendingWrite<>(task, waits, patience);
    }

    private boolean offer(WriteTask<?> task, Duration patience) {
        try {
            return waiting.offer(task, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return waiting.offer(task);
        }
    }

    /// Adds rows to the delta log; see [DeltaLog].
    void log(RunId runId, List<StoredRow> rows, Runnable stored) {
        if (deltas.add(runId, rows, stored) && !waiting.offer(WriteTask.wakeUp())) {
            LOG.debug("The writer is awake already");
        }
    }

    /// How many transactions that changed something are on disk.
    long commits() {
        return commits.get();
    }

    /// Why the last transaction failed, or empty if it did not.
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void writeAll() {
        List<WriteTask<?>> group = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                WriteTask<?> first = waiting.poll(deltas.nanosUntilDue(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    group.add(first);
                    waiting.drainTo(group, MAX_GROUP - 1);
                    group.removeIf(task -> !task.take());
                    writeGroup(group);
                    group.clear();
                }
                if (deltas.nanosUntilDue() == 0) {
                    flushDeltas();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The writer was interrupted and stops", e);
            Thread.currentThread().interrupt();
        } finally {
            stop(group);
        }
    }

    private void stop(List<WriteTask<?>> group) {
        closed = true;
        stopped = true;
        problem = "The store is closed";
        waiting.drainTo(group);
        group.forEach(task -> task.fail(WriteTask.closed().get()));
        flushDeltas();
        discard();
    }

    private void flushDeltas() {
        if (!deltas.flush(this::connection)) {
            discard();
        } else {
            transactions.forget();
        }
    }

    private Handle connection() {
        Handle open = handle == null ? opener.get() : handle;
        handle = open;
        return open;
    }

    private void writeGroup(List<WriteTask<?>> group) {
        try {
            if (transactions.commit(connection(), group)) {
                commits.incrementAndGet();
            }
        } catch (RuntimeException e) {
            problem = SqlErrors.text(e);
            LOG.error("{} writes failed together; their outcome is not known", group.size(), e);
            discard();
            var failure = new StoreUnavailableException("The store failed: " + problem, e);
            group.forEach(task -> task.fail(failure));
            return;
        }
        problem = null;
        group.forEach(WriteTask::announce);
    }

    private void discard() {
        Connections.close(handle);
        handle = null;
        transactions.forget();
    }

    /// Writes what waits, then stops. Later writes are refused.
    @Override
    public void close() {
        closed = true;
        if (!waiting.offer(WriteTask.wakeUp())) {
            LOG.debug("The writer is awake already");
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waits.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
