package org.assistantservice.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assistantservice.thread.StoreUnavailableException;
import org.jdbi.v3.core.Handle;

/// One piece of work for the writer, and its caller's wait for the outcome. The outcome is known to
/// the caller only after the transaction that holds it.
final class WriteTask<T> {
    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final Function<Handle, T> work;
    private final Consumer<T> late;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private Runnable announcement = () -> {};

    WriteTask(Function<Handle, T> work) {
        this(work, _ -> {});
    }

    /// @param late gets the result if the caller gave up before it was known; on the writer
    WriteTask(Function<Handle, T> work, Consumer<T> late) {
        this.work = work;
        this.late = late;
    }

    /// Writer: whether the caller still waits; from then on it cannot give up unnoticed.
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /// Writer: does the work, and remembers its result for [#announce].
    void run(Handle handle) {
        T result = work.apply(handle);
        announcement =
                () -> {
                    if (!outcome.complete(result)) {
                        late.accept(result);
                    }
                };
    }

    /// Writer: the work itself failed; nothing of it will be stored.
    void refused(RuntimeException failure) {
        announcement = () -> outcome.completeExceptionally(failure);
    }

    /// Writer: the transaction is on disk.
    void announce() {
        announcement.run();
    }

    void fail(StoreUnavailableException failure) {
        outcome.completeExceptionally(failure);
    }

    /// Caller: waits, also when interrupted, since an unknown outcome helps nobody. [Patience] ends
    /// a wait that takes too long.
    T await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Any thread: `reaction` runs on a virtual thread of its own when the transaction is on disk,
    /// which may be now; never if it failed. The writer has others to write for.
    void whenStored(Runnable reaction) {
        var _ = outcome.thenRun(() -> Thread.ofVirtual().name("stored").start(reaction));
    }

    /// Any thread: ends the caller's wait, unless the outcome is known.
    void giveUp(Duration patience) {
        outcome.completeExceptionally(new StoreUnavailableException(lateText(patience)));
    }

    private String lateText(Duration patience) {
        boolean neverBegun = state.compareAndSet(State.WAITING, State.GIVEN_UP);
        return "The store did not answer within %d ms; %s"
                .formatted(
                        patience.toMillis(),
                        neverBegun ? "nothing was stored" : "the outcome is not known");
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new StoreUnavailableException("The store failed", e);
    }

    /// A task whose only effect is that the writer looks up.
    static WriteTask<Boolean> wakeUp() {
        return new WriteTask<>(_ -> true);
    }

    static Supplier<StoreUnavailableException> closed() {
        return () -> new StoreUnavailableException("The store is closed");
    }
}
