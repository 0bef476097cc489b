package org.assistantservice.run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionCall;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionExecutor.Ready;
import org.assistantservice.dispatch.ActionExecutor.Refused;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.run.RunEvent.CallsFinished;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.run.ToolCall.State;
import org.jspecify.annotations.Nullable;

/// Runs the calls of one round. A call that changes anything is on disk as started before it runs;
/// no reader hears of a call or of what the model made of its result before that is on disk. A
/// round that a crash cut off goes on where it stopped; a call that may have happened and must not
/// happen twice is reported as unknown.
final class CallRound {
    private final RunJournal journal;
    private final ActionExecutor executor;
    private final InstantSource clock;
    private final Failpoints failpoints;

    CallRound(
            RunJournal journal,
            ActionExecutor executor,
            InstantSource clock,
            Failpoints failpoints) {
        this.journal = journal;
        this.executor = executor;
        this.clock = clock;
        this.failpoints = failpoints;
    }

    /// Takes a new round to its end and asks for it to be stored; afterwards the run is ready to
    /// ask the model again. Calls that may run are planned and started in one transaction. Where
    /// they only read, they run while it is on its way: if it never arrives, nothing has happened.
    ///
    /// @param plan asks for the step it is given to be stored
    /// @throws StoppedException if the run was stopped; calls that were under way keep what is
    ///   known
    void run(ActiveRun active, ActionCatalog catalog, RunStep step, Consumer<RunStep> plan)
            throws InterruptedException {
        Calls calls = new Calls(active, catalog, step);
        calls.prepare();
        active.throwIfStopped();
        calls.markStarted();
        plan.accept(calls.step());
        if (calls.onlyRead()) {
            active.showWhenStored();
        } else {
            active.settle();
        }
        failpoints.reach("after-plan");
        failpoints.reach("after-started");
        calls.execute();
        calls.store();
    }

    /// Takes a stored round, which a crash cut off, to its end as [#run] does.
    void resume(ActiveRun active, ActionCatalog catalog, RunStep step) throws InterruptedException {
        Calls calls = new Calls(active, catalog, step);
        calls.prepare();
        calls.note();
        active.throwIfStopped();
        calls.start();
        calls.execute();
        calls.store();
    }

    /// The calls of one round on their way. `ended` is filled by position from several threads,
    /// each its own place; the run's thread reads it after they are done.
    private final class Calls {
        private final ActiveRun active;
        private final ActionCatalog catalog;
        private final RunStep step;
        private final List<ToolCall> calls;
        private final List<Ready> ready = new ArrayList<>();
        private final List<Integer> readyIndexes = new ArrayList<>();
        private final AtomicInteger outstanding = new AtomicInteger();

        Calls(ActiveRun active, ActionCatalog catalog, RunStep step) {
            this.active = active;
            this.catalog = catalog;
            this.step = step;
            ToolCalls round = (ToolCalls) step.details();
            this.calls = new ArrayList<>(round.calls());
        }

        void prepare() {
            for (int i = 0; i < calls.size(); i++) {
                ToolCall call = calls.get(i);
                if (call.state() == State.STARTED && call.effect() == Effect.ONCE) {
                    calls.set(i, call.ended(State.UNKNOWN, unknownText(call)));
                } else if (!call.state().isEnded()) {
                    check(i, call);
                }
            }
        }

        private void check(int i, ToolCall call) {
            var asked = new ActionCall(call.id(), call.name(), call.argumentsJson());
            switch (executor.check(catalog, call.action(), asked, active.spec().correlationId())) {
                case Ready checked -> {
                    ready.add(checked);
                    readyIndexes.add(i);
                }
                case Refused(var outcome) ->
                        calls.set(i, call.ended(State.FAILED, outcome.output()));
            }
        }

        boolean onlyRead() {
            return readyIndexes.stream().allMatch(i -> calls.get(i).effect() == Effect.READ_ONLY);
        }

        void markStarted() {
            for (int i : readyIndexes) {
                calls.set(i, calls.get(i).started());
            }
        }

        void start() {
            if (ready.isEmpty()) {
                return;
            }
            markStarted();
            journal.start(
                    active.lease(), step.id(), readyIndexes.stream().map(calls::get).toList());
            note();
            failpoints.reach("after-started");
        }

        void execute() throws InterruptedException {
            outstanding.set(ready.size());
            if (ready.size() == 1) {
                call(0);
            } else if (!ready.isEmpty()) {
                callTogether();
            }
            note();
            // A call that waits until the run's deadline may be back before the run's own timer.
            if (!clock.instant().isBefore(active.spec().deadline())) {
                active.stop(StopReason.EXPIRED);
            }
            boolean isStopping = active.stopReason() == StopReason.SERVICE_STOPPING;
            if (!isStopping || !calls.stream().allMatch(call -> call.state().isEnded())) {
                active.throwIfStopped();
            }
        }

        private void callTogether() throws InterruptedException {
            try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<@Nullable Void>> all = new ArrayList<>();
                for (int i = 0; i < ready.size(); i++) {
                    int place = i;
                    all.add(
                            together.submit(() -> {
                                call(place);
                                return null;
                            }));
                }
                for (Future<@Nullable Void> one : all) {
                    join(one);
                }
            }
        }

        private void join(Future<@Nullable Void> one) throws InterruptedException {
            try {
                one.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException failure -> throw failure;
                    case InterruptedException interrupted -> throw interrupted;
                    case null, default -> throw new IllegalStateException("A call broke", e);
                }
            }
        }

        private void call(int place) throws InterruptedException {
            int index = readyIndexes.get(place);
            ToolCall started = calls.get(index);
            active.throwIfLeaseIsOld();
            try (var progress = new CallProgressFeed(active.feed(), active.spec().id(), started)) {
                ActionOutcome outcome =
                        executor.execute(
                                ready.get(place),
                                CallContexts.of(active, step.id(), started, progress));
                failpoints.reach("after-effect");
                if (!isVoid(active.stopReason(), outcome)) {
                    end(index, ended(started, outcome));
                }
            }
        }

        /// Stores a result unless it is the round's last, which is stored with the step.
        private void end(int index, ToolCall ended) {
            calls.set(index, ended);
            if (outstanding.decrementAndGet() > 0) {
                journal.result(active.lease(), step.id(), ended, List.of());
            }
        }

        private ToolCall ended(ToolCall started, ActionOutcome outcome) {
            return switch (outcome) {
                case ActionOutcome.Succeeded(var output) -> started.ended(State.DONE, output);
                case ActionOutcome.Failed(var reason, var output) ->
                        started.ended(
                                reason == ActionOutcome.Reason.CANCELLED
                                                && started.effect() != Effect.READ_ONLY
                                        ? State.UNKNOWN
                                        : State.FAILED,
                                output);
            };
        }

        void store() {
            RunStep finished =
                    step.with(details())
                            .ended(RunStep.Status.COMPLETED, clock.instant(), null, step.usage());
            StagedRows staged =
                    active.feed().stage(List.of(new CallsFinished(active.run(), finished)));
            Commit commit =
                    journal.stepFinished(active.lease(), active.run(), finished, staged.rows());
            active.wrote(commit, staged);
            active.openStep(null);
            active.keep(finished);
        }

        void note() {
            active.openStep(step());
        }

        RunStep step() {
            return step.with(details());
        }

        private ToolCalls details() {
            return new ToolCalls(((ToolCalls) step.details()).text(), calls);
        }
    }

    /// Whether a result may not be written: another owner has the run, or the call was cut off by
    /// the end of this process, so that its outcome is not known.
    private static boolean isVoid(@Nullable StopReason reason, ActionOutcome outcome) {
        return reason == StopReason.LOST
                || (reason == StopReason.SERVICE_STOPPING
                        && outcome instanceof ActionOutcome.Failed failed
                        && failed.reason() == ActionOutcome.Reason.CANCELLED);
    }

    private static String unknownText(ToolCall call) {
        return ("Error: The outcome of function '%s' is unknown: the service stopped while it ran,"
                        + " so it may or may not have happened. Do not repeat it; check first, or"
                        + " ask the user.")
                .formatted(call.name());
    }
}
