package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.actions.Effect;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.ToolCall.State;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;

class RunStopTest extends RunsOnStore {
    private static final Duration SHORT = Duration.ofMillis(1_500);

    @Test
    void aRunCancelledWhileTheModelSpeaksKeepsWhatWasSaid() throws Exception {
        Replica replica = started(ScriptedTurn.begin().thenText("Half").thenHang());
        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run).awaitEvent("text Half");

        Run cancelling = replica.cancel(run.id());
        reader.awaitEnd(RUN_OVER);

        assertThat(cancelling.status()).isEqualTo(RunStatus.CANCELLING);
        assertThat(reader.trace())
                .endsWith(
                        "text Half",
                        "run cancelling",
                        "message incomplete 'Half'",
                        "step 1 message cancelled",
                        "run cancelled");
        assertThat(messages(run).getLast().incompleteReason()).isEqualTo("run_cancelled");
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(replica.model().cancelled()).isEqualTo(1);
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(reader.events());
    }

    @Test
    void aRunCancelledWhileAnActionRunsDoesNotClaimToKnowWhatBecameOfIt() throws Exception {
        var send = FakeAction.hanging("send", Effect.ONCE);
        Replica replica = started(round("send"), send);
        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reach(send.entered());

        replica.cancel(run.id());
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .endsWith(
                        "planned [send:started]",
                        "run cancelling",
                        "step 1 calls cancelled",
                        "run cancelled");
        assertThat(storedCalls(run)).extracting(ToolCall::state).containsExactly(State.UNKNOWN);
    }

    @Test
    void aRunCancelledWhileAReadingActionRunsHasAFailedCall() throws Exception {
        var lookUp = FakeAction.hanging("look_up", Effect.READ_ONLY);
        Replica replica = started(round("look_up"), lookUp);
        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reach(lookUp.entered());

        replica.cancel(run.id());
        reader.awaitEnd(RUN_OVER);

        assertThat(storedCalls(run))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.state()).isEqualTo(State.FAILED);
                    assertThat(call.output())
                            .isEqualTo(
                                    "Error: Function 'look_up' execution failed: cancelled"
                                            + " (correlation_id: 12345678)");
                });
    }

    @Test
    void aWaitingRunIsCancelledAtOnceAndItsMessageStays() throws Exception {
        var finish = new CountDownLatch(1);
        Replica replica = started(ScriptedTurn.begin().thenText("One").thenWait(finish).thenDone());
        Run first = replica.say("First");
        Run second = replica.say(first.threadId(), "Second");
        RecordingReader waiting = replica.follow(second).awaitEvent("run queued");

        Run cancelled = replica.cancel(second.id());
        waiting.awaitEnd(RUN_OVER);
        finish.countDown();
        replica.follow(first).awaitEnd(RUN_OVER);

        assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(Trace.placed(waiting.events()))
                .containsExactly("0-1 run created", "0-2 run queued", "0-3 run cancelled");
        assertThat(replay(RunCursor.start(second.id()))).isEqualTo(waiting.events());
        assertThat(messages(first))
                .extracting(Message::text)
                .containsExactly("First", "Second", "One");
    }

    @Test
    void aRunThatIsOverCannotBeCancelled() throws Exception {
        Replica replica = started(ScriptedTurn.answer("Hello"));
        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThatThrownBy(() -> replica.cancel(run.id()))
                .isInstanceOf(RunException.class)
                .hasMessage("Cannot cancel run with status 'completed'.")
                .hasFieldOrPropertyWithValue("code", RunErrorCode.RUN_NOT_CANCELLABLE);
    }

    @Test
    void aRunNobodyKnowsCannotBeCancelled() {
        Replica replica = started();

        assertThatThrownBy(() -> replica.cancel(new RunId("run_unknown")))
                .isInstanceOf(RunException.class)
                .hasMessage("No run found with id 'run_unknown'.")
                .hasFieldOrPropertyWithValue("code", RunErrorCode.RUN_NOT_FOUND);
    }

    @Test
    void aRunPastItsDeadlineExpiresWhileTheModelSpeaks() throws Exception {
        Replica replica =
                expiring(new ScriptedModel(ScriptedTurn.begin().thenText("Half").thenHang()));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .endsWith("message incomplete 'Half'", "step 1 message expired", "run expired");
        assertThat(messages(run).getLast().incompleteReason()).isEqualTo("run_expired");
        assertThat(stored(run).state().error()).isNull();
    }

    @Test
    void aRunPastItsDeadlineExpiresWhileAnActionRuns() throws Exception {
        var send = FakeAction.hanging("send", Effect.ONCE);
        Replica replica = expiring(new ScriptedModel(calls(call("a", "send", "{}"))), send);

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).endsWith("step 1 calls expired", "run expired");
        assertThat(send.calls()).hasSize(1);
    }

    @Test
    void aWaitingRunPastItsDeadlineExpires() throws Exception {
        var finish = new CountDownLatch(1);
        Replica replica = started(ScriptedTurn.begin().thenWait(finish).thenDone());
        Run first = replica.say("First");
        Replica hasty =
                made(
                        Replica.Setup.of(new ScriptedModel())
                                .with(TestLimits.STANDARD.withDeadline(Duration.ofMillis(1))));

        Run second = hasty.say(first.threadId(), "Second");
        RecordingReader waiting = replica.follow(second);
        waiting.awaitEnd(RUN_OVER);
        finish.countDown();
        replica.follow(first).awaitEnd(RUN_OVER);

        assertThat(waiting.trace()).containsExactly("run created", "run queued", "run expired");
        assertThat(stored(second).status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(messages(first))
                .extracting(Message::text)
                .containsExactly("First", "Second", "");
    }

    private Replica started(ScriptedTurn round, FakeAction action) {
        return started(Replica.Setup.of(new ScriptedModel(round), action));
    }

    private Replica expiring(ScriptedModel model, FakeAction... actions) {
        return started(
                Replica.Setup.of(model, actions).with(TestLimits.STANDARD.withDeadline(SHORT)));
    }

    private static ScriptedTurn round(String action) {
        return calls(call("a", action, "{}"));
    }
}
