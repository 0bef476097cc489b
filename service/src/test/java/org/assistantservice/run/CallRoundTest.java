package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.answer;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.identity.CallId;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.run.ToolCall.State;
import org.junit.jupiter.api.Test;

class CallRoundTest extends RunsOnStore {
    private static final FakeAction.Body NEVER =
            _ -> {
                throw new ActionFailedException("must not be called");
            };

    @Test
    void callsOfOneRoundRunAtTheSameTimeAndKeepTheirOrder() throws Exception {
        var together = new CyclicBarrier(3);
        var lookUp = new FakeAction("look_up", Effect.READ_ONLY, _ -> "r" + await(together));
        var send = new FakeAction("send", Effect.ONCE, _ -> "s" + await(together));
        var pay = new FakeAction("pay", Effect.IDEMPOTENT, _ -> "p" + await(together));
        Replica replica =
                started(
                        calls(
                                call("a", "look_up", "{}"),
                                call("b", "send", "{}"),
                                call("c", "pay", "{}")),
                        lookUp,
                        send,
                        pay);

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        List<SequencedEvent> events = reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .contains(
                        "planned [look_up:started, send:started, pay:started]",
                        "finished [look_up:done, send:done, pay:done]");
        assertThat(storedCalls(run))
                .extracting(it -> String.valueOf(it.output()).charAt(0))
                .containsExactly('r', 's', 'p');
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(events);
    }

    @Test
    void anActionIsToldOfItsRun() throws Exception {
        var pay = FakeAction.returning("pay", Effect.IDEMPOTENT, "paid");
        Replica replica = started(calls(call("a", "pay", "{}")), pay);

        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(pay.calls())
                .singleElement()
                .satisfies(context -> {
                    assertThat(context.runId()).isEqualTo(run.id());
                    assertThat(context.threadId()).isEqualTo(run.threadId());
                    assertThat(context.callId()).isEqualTo(new CallId("a"));
                    assertThat(context.principal()).isEqualTo(Requests.ANNA);
                    assertThat(context.correlationId()).isEqualTo(Requests.CORRELATION);
                    assertThat(context.scope()).isEqualTo(Requests.ASSISTANT.scope());
                    assertThat(context.idempotencyKey())
                            .isEqualTo("%s/%s/0".formatted(run.id(), steps(run).getFirst().id()));
                });
    }

    @Test
    void progressIsShownWhileTheCallLastsAndNotStored() throws Exception {
        var pay =
                new FakeAction(
                        "pay",
                        Effect.IDEMPOTENT,
                        context -> {
                            context.progress().accept("half");
                            return "paid";
                        });
        Replica replica = started(calls(call("a", "pay", "{}")), pay);

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        List<SequencedEvent> events = reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .containsSubsequence(
                        "planned [pay:started]", "progress half", "finished [pay:done]");
        assertThat(replay(RunCursor.start(run.id())))
                .isEqualTo(
                        events.stream()
                                .filter(it -> !(it.event() instanceof RunEvent.CallProgress))
                                .toList());
    }

    @Test
    void refusedCallsReachNoActionAndTheRunGoesOn() throws Exception {
        var lookUp = new FakeAction("look_up", Effect.READ_ONLY, NEVER);
        Replica replica =
                started(calls(call("a", "fly", "{}"), call("b", "look_up", "[]")), lookUp);
        long before = store().commits();

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).contains("finished [fly:failed, look_up:failed]");
        assertThat(reader.trace()).contains("run completed");
        assertThat(lookUp.calls()).isEmpty();
        assertThat(storedCalls(run))
                .extracting(ToolCall::output)
                .containsExactly(
                        "Error: Function 'fly' not available (correlation_id: 12345678)",
                        "Error: Invalid arguments for function 'look_up': must be an object"
                                + " (correlation_id: 12345678)");
        assertThat(store().commits() - before)
                .as("accepted, planned and step finished together or not, run finished")
                .isBetween(3L, 4L);
    }

    @Test
    void aFailureOfAnActionIsToldToTheModelAndTheRunGoesOn() throws Exception {
        var send =
                new FakeAction(
                        "send",
                        Effect.ONCE,
                        _ -> {
                            throw new ActionFailedException("no such address");
                        });
        Replica replica = started(calls(call("a", "send", "{}")), send);

        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(storedCalls(run)).extracting(ToolCall::state).containsExactly(State.FAILED);
        assertThat(replica.model().requests().getLast().messages().getLast())
                .isEqualTo(
                        new ModelMessage.ToolResult(
                                "a",
                                "send",
                                "Error: Function 'send' execution failed: no such address"
                                        + " (correlation_id: 12345678)"));
    }

    @Test
    void unusableAndRepeatedCallIdsAreReplacedByOnesOfOurOwn() throws Exception {
        var lookUp = FakeAction.returning("look_up", Effect.READ_ONLY, "x");
        var script =
                new ScriptedModel(
                        calls(
                                call("same", "look_up", "{}"),
                                call("same", "look_up", "{}"),
                                call("", "look_up", "{}"),
                                call("with space", "look_up", "{}")),
                        calls(call("same", "look_up", "{}")),
                        answer("Done."));
        Replica replica = started(Replica.Setup.of(script, lookUp));

        Run run = replica.say("Hi");
        List<SequencedEvent> events = replica.follow(run).awaitEnd(RUN_OVER);

        List<String> ids = storedCalls(run).stream().map(it -> it.id().value()).toList();
        assertThat(ids).first().isEqualTo("same");
        assertThat(ids.subList(1, 4)).allMatch(id -> id.matches("call_[A-Za-z0-9]{24}"));
        assertThat(lookUp.calls()).extracting(it -> it.callId()).doesNotHaveDuplicates().hasSize(5);
        assertThat(announced(events)).isEqualTo(called(steps(run)));
        assertThat(results(script.requests().getLast().messages()))
                .isEqualTo(called(steps(run)).stream().map(CallId::value).toList());
    }

    @Test
    void callsBeyondTheLimitAreRefusedToTheModel() throws Exception {
        var lookUp = FakeAction.returning("look_up", Effect.READ_ONLY, "x");
        Replica replica =
                started(
                        Replica.Setup.of(
                                        new ScriptedModel(
                                                calls(
                                                        call("a", "look_up", "{}"),
                                                        call("b", "look_up", "{}"),
                                                        call("c", "look_up", "{}")),
                                                answer("Done.")),
                                        lookUp)
                                .with(TestLimits.STANDARD.withMaxCallsPerRound(2)));

        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(lookUp.calls()).hasSize(2);
        assertThat(storedCalls(run))
                .extracting(ToolCall::output)
                .containsExactly(
                        "x",
                        "x",
                        "Error: Function 'look_up' execution failed: more than 2 calls in one"
                                + " round (correlation_id: 12345678)");
        assertThat(stored(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    private Replica started(ScriptedTurn round, FakeAction... actions) {
        return started(Replica.Setup.of(new ScriptedModel(round, answer("Done.")), actions));
    }

    private static int await(CyclicBarrier barrier)
            throws ActionFailedException, InterruptedException {
        try {
            return barrier.await();
        } catch (BrokenBarrierException e) {
            throw new ActionFailedException("the others did not come", e);
        }
    }

    /// Call ids as readers saw them begin.
    private static List<CallId> announced(List<SequencedEvent> events) {
        return events.stream()
                .map(SequencedEvent::event)
                .filter(RunEvent.StepDelta.class::isInstance)
                .flatMap(event -> Stream.ofNullable(((RunEvent.StepDelta) event).callId()))
                .toList();
    }

    private static List<CallId> called(List<RunStep> steps) {
        return steps.stream()
                .map(RunStep::details)
                .filter(RunStep.ToolCalls.class::isInstance)
                .flatMap(it -> ((RunStep.ToolCalls) it).calls().stream())
                .map(ToolCall::id)
                .toList();
    }

    private static List<String> results(List<ModelMessage> messages) {
        return messages.stream()
                .filter(ModelMessage.ToolResult.class::isInstance)
                .map(it -> ((ModelMessage.ToolResult) it).callId())
                .toList();
    }
}
