package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.answer;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.run.ToolCall.State;
import org.junit.jupiter.api.Test;

/// What becomes of a round of calls whose process vanished.
class RunRecoveryTest extends RunsOnStore {
    @Test
    void aPlannedCallIsExecutedAndTheModelIsNotAskedForItAgain() throws Exception {
        var lost = FakeAction.returning("send", Effect.ONCE, "sent");
        var again = FakeAction.returning("send", Effect.ONCE, "sent");
        Run run = frozen("after-plan", RunRecoveryTest::withoutStarting, lost);

        Replica next = next(again);
        RecordingReader reader = next.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(lost.calls()).isEmpty();
        assertThat(again.calls()).hasSize(1);
        assertThat(reader.trace())
                .containsSubsequence("reset 2", "finished [send:done]", "text Done.");
        assertThat(next.model().requests())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.messages().getLast())
                                .isEqualTo(new ModelMessage.ToolResult("a", "send", "sent")));
        assertThat(next.actions().asked()).containsExactly(FakeActions.DIGESTS);
    }

    @Test
    void aCallThatWasStartedWithItsPlanCountsAsStarted() throws Exception {
        var lost = FakeAction.returning("send", Effect.ONCE, "sent");
        var again = FakeAction.returning("send", Effect.ONCE, "sent");
        Run run = frozen("after-plan", lost);

        RecordingReader reader = next(again).follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(again.calls()).isEmpty();
        assertThat(reader.trace())
                .containsSubsequence(
                        "planned [send:started]", "reset 2", "finished [send:unknown]");
    }

    @Test
    void aStartedCallThatMustNotHappenTwiceIsReportedAsUnknown() throws Exception {
        var lost = FakeAction.returning("send", Effect.ONCE, "sent");
        var again = FakeAction.returning("send", Effect.ONCE, "sent");
        Run run = frozen("after-effect", lost);

        Replica next = next(again);
        RecordingReader reader = next.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(lost.calls()).hasSize(1);
        assertThat(again.calls()).isEmpty();
        assertThat(reader.trace()).contains("finished [send:unknown]", "run completed");
        assertThat(storedCalls(run))
                .extracting(ToolCall::output)
                .containsExactly(
                        "Error: The outcome of function 'send' is unknown: the service stopped"
                                + " while it ran, so it may or may not have happened. Do not repeat"
                                + " it; check first, or ask the user.");
    }

    @Test
    void aStartedCallThatMayHappenTwiceIsExecutedAgainUnderTheSameKey() throws Exception {
        var lost = FakeAction.returning("pay", Effect.IDEMPOTENT, "lost");
        var again = FakeAction.returning("pay", Effect.IDEMPOTENT, "again");
        Run run = frozen("after-effect", lost);

        next(again).follow(run).awaitEnd(RUN_OVER);

        assertThat(again.calls())
                .extracting(CallContext::idempotencyKey)
                .isEqualTo(lost.calls().stream().map(CallContext::idempotencyKey).toList())
                .hasSize(1);
        assertThat(storedCalls(run)).extracting(ToolCall::output).containsExactly("again");
    }

    @Test
    void resultsThatAreStoredAreUsedAndOnlyTheOthersAreExecuted() throws Exception {
        var sent = FakeAction.returning("send", Effect.ONCE, "sent");
        var hanging = FakeAction.hanging("look_up", Effect.READ_ONLY);
        Replica first =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(
                                        calls(call("a", "send", "{}"), call("b", "look_up", "{}"))),
                                sent,
                                hanging));
        Run run = first.say("Hi");
        await().atMost(RecordingReader.PATIENCE)
                .ignoreExceptions()
                .until(() -> storedCalls(run).getFirst().state() == State.DONE);
        first.kill();

        var again = FakeAction.returning("send", Effect.ONCE, "sent twice");
        var found = FakeAction.returning("look_up", Effect.READ_ONLY, "found");
        Replica next = next(again, found);
        next.follow(run).awaitEnd(RUN_OVER);

        assertThat(again.calls()).isEmpty();
        assertThat(found.calls()).hasSize(1);
        assertThat(storedCalls(run)).extracting(ToolCall::output).containsExactly("sent", "found");
    }

    @Test
    void aRoundThatWasFinishedIsNotTouchedAgain() throws Exception {
        var lost = FakeAction.returning("send", Effect.ONCE, "sent");
        var again = FakeAction.returning("send", Effect.ONCE, "sent twice");
        Run run = frozen("after-result", lost);

        Replica next = next(again);
        next.follow(run).awaitEnd(RUN_OVER);

        assertThat(again.calls()).isEmpty();
        assertThat(storedCalls(run)).extracting(ToolCall::output).containsExactly("sent");
        assertThat(steps(run)).extracting(RunStep::seq).containsExactly(1, 2);
    }

    @Test
    void whatAVanishedProcessStillWritesIsRefused() throws Exception {
        var freeze = new FreezeAt("before-finish");
        Replica first = started(Replica.Setup.of(new ScriptedModel(answer("Old"))).with(freeze));
        Run run = first.say("Hi");
        RecordingReader old = first.follow(run);
        reach(freeze.reached());
        first.kill();
        List<SequencedEvent> events = next().follow(run).awaitEnd(RUN_OVER);
        List<SequencedEvent> stored = replay(RunCursor.start(run.id()));

        freeze.thaw();
        old.awaitEnd(RunReader.End.INTERRUPTED);

        assertThat(messages(run).getLast().text()).isEqualTo("Done.");
        assertThat(old.trace()).doesNotContain("run completed");
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(stored);
        assertThat(Trace.of(events)).endsWith("run completed", Trace.of(events).getLast());
    }

    @Test
    void aRunWhoseOwnersKeepVanishingFails() throws Exception {
        Run run = frozen("before-finish");
        Replica second = hanging();
        second.follow(run).awaitEvent("text Half");
        second.kill();
        var none = new ScriptedModel();

        Replica third =
                started(Replica.Setup.of(none).with(TestLimits.STANDARD.withMaxAttempts(2)));
        RecordingReader reader = third.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).endsWith("reset 3", "run failed");
        assertThat(stored(run).state().error())
                .isEqualTo(
                        new RunError(
                                RunError.Code.SERVER_ERROR,
                                "The run was taken up too often",
                                "recovery_exhausted",
                                null));
    }

    @Test
    void aRunWhoseEndWasAskedForIsCancelledByItsNextOwner() throws Exception {
        Run run = frozen("before-finish");
        Replica next = made(Replica.Setup.of(new ScriptedModel()));
        next.cancel(run.id());

        next.start();
        next.follow(run).awaitEnd(RUN_OVER);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELLED);
    }

    /// A run whose only process froze at `place` and gives no sign of life.
    private Run frozen(String place, FakeAction... actions) throws InterruptedException {
        return frozen(place, UnaryOperator.identity(), actions);
    }

    private Run frozen(String place, UnaryOperator<RunJournal> journal, FakeAction... actions)
            throws InterruptedException {
        var freeze = new FreezeAt(place);
        ScriptedTurn turn =
                actions.length == 0
                        ? answer("Old")
                        : calls(call("a", actions[0].definition().ref().action(), "{}"));
        Replica first =
                started(
                        Replica.Setup.of(new ScriptedModel(turn, answer("Late")), actions)
                                .with(freeze)
                                .withJournal(journal));
        Run run = first.say("Hi");
        reach(freeze.reached());
        first.kill();
        return run;
    }

    /// A journal that stores calls as planned only.
    private static RunJournal withoutStarting(RunJournal journal) {
        return (RunJournal)
                Proxy.newProxyInstance(
                        RunJournal.class.getClassLoader(),
                        new Class<?>[] {RunJournal.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("plan")) {
                                List<?> steps = (List<?>) arguments[2];
                                arguments[2] =
                                        steps.stream().map(RunRecoveryTest::planned).toList();
                            }
                            return method.invoke(journal, arguments);
                        });
    }

    private static Object planned(Object step) {
        return step instanceof RunStep calling
                        && calling.details() instanceof RunStep.ToolCalls(var text, var calls)
                ? calling.with(
                        new RunStep.ToolCalls(
                                text, calls.stream().map(RunRecoveryTest::planned).toList()))
                : step;
    }

    private static ToolCall planned(ToolCall call) {
        return new ToolCall(
                call.id(),
                call.index(),
                call.name(),
                call.action(),
                call.effect(),
                call.argumentsJson(),
                call.extraJson(),
                State.PLANNED,
                null);
    }

    /// The process after it, whose model answers at once.
    private Replica next(FakeAction... actions) {
        return started(Replica.Setup.of(new ScriptedModel(answer("Done.")), actions));
    }

    private Replica hanging() {
        return started(
                Replica.Setup.of(
                        new ScriptedModel(ScriptedTurn.begin().thenText("Half").thenHang())));
    }
}
