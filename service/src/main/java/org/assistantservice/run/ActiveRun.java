package org.assistantservice.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.assistantservice.dispatch.CancelToken;
import org.assistantservice.identity.CallId;
import org.assistantservice.model.Usage;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunStep.ToolCalls;
import org.jspecify.annotations.Nullable;

/// A run under way in this process. The loop's thread owns all of it; only [#stop] may be called
/// from elsewhere.
final class ActiveRun {
    private final Claim claim;
    private final RunFeed feed;
    private final CancelToken cancel = new CancelToken();
    private final AtomicReference<@Nullable StopReason> stop = new AtomicReference<>();
    private final List<RunStep> steps;
    private final Set<CallId> callIds = new HashSet<>();
    private final Duration startingTime;
    private final List<RunRequest.Said> earlier;
    private final Deque<Write> writes = new ArrayDeque<>();
    private volatile long renewedAt = System.nanoTime();
    private Run run;
    private @Nullable TurnStream turn;
    private @Nullable RunStep openStep;

    /// @param startingTime how long after its last renewal a lease is good for starting calls
    /// @param earlier what the model is shown before the run's thread
    ActiveRun(Claim claim, RunFeed feed, Duration startingTime, List<RunRequest.Said> earlier) {
        this.startingTime = startingTime;
        this.earlier = earlier;
        this.claim = claim;
        this.feed = feed;
        this.run = claim.run();
        this.steps = new ArrayList<>(claim.steps());
        steps.forEach(this::noteCallIds);
    }

    Claim claim() {
        return claim;
    }

    List<RunRequest.Said> earlier() {
        return earlier;
    }

    Lease lease() {
        return claim.lease();
    }

    RunFeed feed() {
        return feed;
    }

    RunSpec spec() {
        return claim.run().spec();
    }

    Run run() {
        return run;
    }

    /// Fires when the run has to stop, for whatever reason.
    CancelToken cancelToken() {
        return cancel;
    }

    /// Tells the run to stop; the first reason counts. Any thread.
    void stop(StopReason reason) {
        if (stop.compareAndSet(null, reason)) {
            cancel.cancel();
        }
    }

    /// The lease was renewed by a request sent at this time, by `System.nanoTime`.
    void renewed(long nanos) {
        renewedAt = nanos;
    }

    /// Nothing may be started on a lease that is about to run out: somebody else may have the run.
    void throwIfLeaseIsOld() {
        if (System.nanoTime() - renewedAt > startingTime.toNanos()) {
            stop(StopReason.LOST);
            throw new StoppedException(StopReason.LOST);
        }
    }

    @Nullable StopReason stopReason() {
        return stop.get();
    }

    void throwIfStopped() {
        StopReason reason = stop.get();
        if (reason != null) {
            throw new StoppedException(reason);
        }
    }

    void run(Run next) {
        run = next;
    }

    /// Asks for a transaction that holds these events. What follows may be asked for before it is
    /// on disk, but nothing is shown until [#settle], or [#showWhenStored].
    ///
    /// @param transaction from the rows for the log to the transaction
    void write(List<? extends RunEvent> events, Function<List<EventRow>, Commit> transaction) {
        StagedRows staged = feed.stage(events);
        try {
            writes.add(new Write(transaction.apply(staged.rows()), staged));
        } catch (RuntimeException e) {
            feed.withdraw(staged);
            throw e;
        }
    }

    /// Has what was asked for shown as soon as it is on disk. Its outcome is still for [#settle].
    void showWhenStored() {
        for (Write write : writes) {
            write.commit().whenStored(() -> feed.committed(write.rows()));
        }
    }

    /// Waits for everything that was asked for, and shows it.
    ///
    /// @return whether there was anything to wait for
    /// @throws FencedException if the run has another owner
    /// @throws org.assistantservice.thread.StoreUnavailableException if an outcome is not known
    boolean settle() {
        boolean hasWaited = !writes.isEmpty();
        try {
            for (Write write : writes) {
                write.commit().await();
                feed.committed(write.rows());
            }
        } catch (RuntimeException e) {
            writes.forEach(write -> feed.withdraw(write.rows()));
            throw e;
        } finally {
            writes.clear();
        }
        return hasWaited;
    }

    void use(@Nullable Usage more) {
        if (more != null) {
            RunState state = run.state();
            Usage sum = state.usage() == null ? more : state.usage().plus(more);
            run =
                    run.with(
                            new RunState(
                                    state.status(),
                                    state.startedAt(),
                                    state.endedAt(),
                                    state.error(),
                                    state.incompleteReason(),
                                    state.requiredCalls(),
                                    sum));
        }
    }

    List<RunStep> steps() {
        return steps;
    }

    /// Place of the next step.
    int nextStepSeq() {
        return steps.isEmpty() ? 1 : steps.getLast().seq() + 1;
    }

    /// Adds a step that is in the journal, or on its way there, or puts it in place of its older
    /// form.
    void keep(RunStep step) {
        steps.removeIf(known -> known.id().equals(step.id()));
        steps.add(step);
        noteCallIds(step);
    }

    /// Rounds of actions so far.
    int rounds() {
        return (int) steps.stream().filter(step -> step.details() instanceof ToolCalls).count();
    }

    /// The model's id for a call if it is usable and new in this run, else one of ours.
    CallId callId(String modelId) {
        return CallId.parse(modelId).filter(callIds::add).orElseGet(this::newCallId);
    }

    /// The turn that is streaming, or was when the run stopped.
    @Nullable TurnStream turn() {
        return turn;
    }

    TurnStream turnOrThrow() {
        if (turn == null) {
            throw new IllegalStateException(claim.run().id() + " has no open turn");
        }
        return turn;
    }

    void turn(@Nullable TurnStream current) {
        turn = current;
    }

    /// The round of calls that is under way, in its latest form.
    @Nullable RunStep openStep() {
        return openStep;
    }

    void openStep(@Nullable RunStep step) {
        openStep = step;
    }

    private CallId newCallId() {
        CallId made = CallId.random();
        callIds.add(made);
        return made;
    }

    private void noteCallIds(RunStep step) {
        if (step.details() instanceof ToolCalls round) {
            round.calls().forEach(call -> callIds.add(call.id()));
        }
    }

    private record Write(Commit commit, StagedRows rows) {}
}
