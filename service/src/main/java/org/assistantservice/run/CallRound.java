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
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.run.RunEvent.CallsFinished;
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
        RoundCalls calls = checked(active, catalog, step);
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
        new Execution(active, calls).run();
        store(active, calls);
    }

    /// Takes a stored round, which a crash cut off, to its end as [#run] does.
    void resume(ActiveRun active, ActionCatalog catalog, RunStep step) throws InterruptedException {
        RoundCalls calls = checked(active, catalog, step);
        active.openStep(calls.step());
        active.throwIfStopped();
        if (calls.places() > 0) {
            calls.markStarted();
            journal.start(active.lease(), step.id(), calls.running());
            active.openStep(calls.step());
            failpoints.reach("after-started");
        }
        new Execution(active, calls).run();
        store(active, calls);
    }

    private RoundCalls checked(ActiveRun active, ActionCatalog catalog, RunStep step) {
        RoundCalls calls = new RoundCalls(step);
        calls.check(executor, catalog, active.spec().correlationId());
        return calls;
    }

    private void store(ActiveRun active, RoundCalls calls) {
        RunStep step = calls.step();
        RunStep finished =
                step.ended(RunStep.Status.COMPLETED, clock.instant(), null, step.usage());
        active.write(
                List.of(new CallsFinished(active.run(), finished)),
                rows -> journal.stepFinished(active.lease(), active.run(), finished, rows));
        active.openStep(null);
        active.keep(finished);
    }

    /// The calls of one round on their way, all at the same time.
    private final class Execution {
        private final ActiveRun active;
        private final RoundCalls calls;
        private final AtomicInteger outstanding;

        Execution(ActiveRun active, RoundCalls calls) {
            this.active = active;
            this.calls = calls;
            this.outstanding = new AtomicInteger(calls.places());
        }

        void run() throws InterruptedException {
            if (calls.places() == 1) {
                call(0);
            } else if (calls.places() > 1) {
                callTogether();
            }
            active.openStep(calls.step());
            // A call that waits until the run's deadline may be back before the run's own timer.
            if (!clock.instant().isBefore(active.spec().deadline())) {
                active.stop(StopReason.EXPIRED);
            }
            boolean isStopping = active.stopReason() == StopReason.SERVICE_STOPPING;
            if (!isStopping || !calls.allEnded()) {
                active.throwIfStopped();
            }
        }

        private void callTogether() throws InterruptedException {
            try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<@Nullable Void>> all = new ArrayList<>();
                for (int i = 0; i < calls.places(); i++) {
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

        private static void join(Future<@Nullable Void> one) throws InterruptedException {
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
            ToolCall started = calls.at(place);
            active.throwIfLeaseIsOld();
            try (var progress = new CallProgressFeed(active.feed(), active.spec().id(), started)) {
                ActionOutcome outcome =
                        executor.execute(
                                calls.ready(place),
                                CallContexts.of(active, calls.id(), started, progress));
                failpoints.reach("after-effect");
                if (!isVoid(active.stopReason(), outcome)) {
                    end(place, outcome);
                }
            }
        }

        /// Stores a result unless it is the round's last, which is stored with the step.
        private void end(int place, ActionOutcome outcome) {
            ToolCall ended = calls.end(place, outcome);
            if (outstanding.decrementAndGet() > 0) {
                journal.result(active.lease(), calls.id(), ended, List.of());
            }
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
}
