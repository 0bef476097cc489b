package org.assistantservice.store;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assistantservice.thread.StoreUnavailableException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Reads on a few platform threads, since a call into SQLite would pin a virtual one. Each read
/// sees one moment of the database: all that was committed before it began. Thread-safe.
final class ReadPool implements AutoCloseable {
    private static final int THREADS = 3;
    private static final int CAPACITY = 4096;

    private final Supplier<Handle> opener;
    private final Duration patience;
    private final BlockingQueue<Handle> idle = new ArrayBlockingQueue<>(THREADS);
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(CAPACITY),
                    Thread.ofPlatform().name("store-reader-", 1).factory());

    /// @param patience how long a caller waits at most
    ReadPool(Supplier<Handle> opener, Duration patience) {
        this.opener = opener;
        this.patience = patience;
    }

    /// @throws StoreUnavailableException if the store failed or did not answer in time
    <T> T read(Function<Handle, T> work) {
        Future<T> result = submit(work);
        try {
            return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            result.cancel(false);
            throw new StoreUnavailableException(
                    "The store did not answer within %d ms".formatted(patience.toMillis()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while reading", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause
                    && !(cause instanceof JdbiException)) {
                throw cause;
            }
            throw new StoreUnavailableException("The store failed: " + SqlErrors.text(e), e);
        }
    }

    private <T> Future<T> submit(Function<Handle, T> work) {
        try {
            return threads.submit(() -> inTransaction(work));
        } catch (RejectedExecutionException e) {
            throw new StoreUnavailableException("The store is closed or too many reads wait", e);
        }
    }

    private <T> T inTransaction(Function<Handle, T> work) {
        Handle pooled = idle.poll();
        Handle handle = pooled == null ? opener.get() : pooled;
        boolean isUsable = false;
        try {
            handle.execute("BEGIN");
            T result = work.apply(handle);
            handle.execute("COMMIT");
            isUsable = true;
            return result;
        } finally {
            if (!isUsable || !idle.offer(handle)) {
                Connections.close(handle);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            threads.shutdownNow();
        }
        for (Handle handle = idle.poll(); handle != null; handle = idle.poll()) {
            Connections.close(handle);
        }
    }
}
