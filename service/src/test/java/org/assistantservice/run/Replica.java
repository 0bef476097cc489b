package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.store.EmbeddedStore;
import org.jspecify.annotations.Nullable;

/// One process of the service, as far as runs go. Several may share a store, as if one came after
/// the other.
final class Replica {
    private static final InstantSource CLOCK = InstantSource.system();

    private final ScriptedModel model;
    private final FakeActions actions;
    private final Failpoints failpoints;
    private final LiveRunStreams streams;
    private final RunEngine engine;
    private boolean isStarted;
    private boolean isKilled;

    /// @param limits bounds of its runs
    /// @param journal puts something before the store's journal
    record Setup(
            ScriptedModel model,
            FakeActions actions,
            TestLimits limits,
            Failpoints failpoints,
            UnaryOperator<RunJournal> journal) {
        static Setup of(ScriptedModel model, FakeAction... actions) {
            return new Setup(
                    model,
                    new FakeActions(actions),
                    TestLimits.STANDARD,
                    Failpoints.NONE,
                    UnaryOperator.identity());
        }

        Setup with(TestLimits other) {
            return new Setup(model, actions, other, failpoints, journal);
        }

        Setup with(Failpoints other) {
            return new Setup(model, actions, limits, other, journal);
        }

        Setup withJournal(UnaryOperator<RunJournal> other) {
            return new Setup(model, actions, limits, failpoints, other);
        }
    }

    Replica(EmbeddedStore store, Setup setup) {
        this.model = setup.model();
        this.actions = setup.actions();
        this.failpoints = setup.failpoints();
        RunLimits limits = setup.limits().limits();
        this.streams = new LiveRunStreams(store.runReads(), limits, CLOCK);
        this.engine =
                RunEngine.of(
                        new RunWorkers.Parts(
                                setup.journal().apply(store.journal()),
                                store.runReads(),
                                streams,
                                actions,
                                limits,
                                CLOCK),
                        new ActionExecutor(CLOCK, ActionLimits.STANDARD),
                        model,
                        new AssistantTools(actions),
                        "model-default",
                        failpoints);
    }

    Replica start() {
        isStarted = true;
        engine.workers().takeUpOrphans();
        engine.workers().start();
        return this;
    }

    RunWorkers workers() {
        return engine.workers();
    }

    ScriptedModel model() {
        return model;
    }

    FakeActions actions() {
        return actions;
    }

    boolean hasReader(RunId runId) {
        return streams.hasReader(runId);
    }

    Run accept(RunRequest request) {
        return engine.runs().accept(request).run();
    }

    boolean isRepeated(RunRequest request) {
        return engine.runs().accept(request).repeated();
    }

    /// A message on a new thread.
    Run say(String text) {
        return accept(Requests.on(null, text));
    }

    Run say(@Nullable ThreadId thread, String text) {
        return accept(Requests.on(thread, text));
    }

    Run cancel(RunId runId) {
        return engine.runs().cancel(Requests.ANNA, runId);
    }

    /// A reader of all events.
    RecordingReader follow(Run run) {
        return follow(RunCursor.start(run.id()));
    }

    RecordingReader follow(RunCursor after) {
        var reader = new RecordingReader();
        subscribe(Requests.ANNA, after, reader);
        return reader;
    }

    RunStreams.Subscription subscribe(Principal principal, RunCursor after, RunReader reader) {
        return streams.subscribe(principal, after, reader);
    }

    /// Waits until no run is under way.
    void awaitIdle() {
        await().atMost(RecordingReader.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> engine.workers().activeRuns() == 0);
    }

    /// From now on it gives no sign of life; what it is doing stays undone.
    void kill() {
        isKilled = true;
        engine.workers().close();
    }

    /// Ends all threads, and fails if the model was not asked for exactly its script.
    void close() throws InterruptedException {
        if (failpoints instanceof FreezeAt frozen) {
            frozen.thaw();
        }
        if (isStarted) {
            engine.workers().drain(Duration.ZERO);
        }
        engine.workers().close();
        actions.close();
        assertThat(model.unscripted()).isEmpty();
        if (!isKilled) {
            assertThat(model.unplayed()).isZero();
            assertThat(actions.open()).isZero();
        }
    }
}
