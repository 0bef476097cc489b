package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.RUN_OVER;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.actions.Effect;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn.FinishReason;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.Usage;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;

class RunAnswerTest extends RunsOnStore {
    @Test
    void aPlainAnswerIsShownPieceByPieceAndStoredAsShown() throws Exception {
        Replica replica = started(ScriptedTurn.answer("Hel", "lo"));

        Run run = replica.say("Hi");
        List<SequencedEvent> events = replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(Trace.placed(events))
                .containsExactly(
                        "0-1 run created",
                        "0-2 run queued",
                        "1-1 run in_progress",
                        "1-2 step 1 message created",
                        "1-3 step 1 message in_progress",
                        "1-4 message created ''",
                        "1-5 message in_progress ''",
                        "1-6 text Hel",
                        "1-7 text lo",
                        "1-8 message completed 'Hello'",
                        "1-9 step 1 message completed",
                        "1-10 run completed",
                        "1-11 metadata 12");
        assertThat(last(events, RunChanged.class).run()).isEqualTo(stored(run));
        assertThat(steps(run)).containsExactly(last(events, StepChanged.class).step());
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi", "Hello");
        assertThat(messages(run).getLast()).isEqualTo(last(events, MessageChanged.class).message());
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(events);
        assertThat(stored(run).state().usage()).isEqualTo(ScriptedTurn.USAGE);
    }

    @Test
    void theModelIsAskedWithInstructionsHistoryAndTools() throws Exception {
        Replica replica =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(
                                        ScriptedTurn.answer("One."), ScriptedTurn.answer("Two.")),
                                FakeAction.returning("look_up", Effect.READ_ONLY, "x")));
        Run first = replica.say("First");
        replica.follow(first).awaitEnd(RUN_OVER);

        Run second = replica.say(first.threadId(), "Second");
        replica.follow(second).awaitEnd(RUN_OVER);

        assertThat(replica.model().requests().getLast())
                .isEqualTo(
                        new ModelRequest(
                                "model-default",
                                "Be brief.",
                                List.of(
                                        new ModelMessage.User("First"),
                                        new ModelMessage.Assistant("One.", List.of()),
                                        new ModelMessage.User("Second")),
                                second.spec().tools(),
                                Sampling.DEFAULT,
                                Requests.CORRELATION));
        assertThat(second.spec().tools()).extracting("name").containsExactly("look_up");
    }

    @Test
    void anEmptyAnswerIsAMessageWithoutText() throws Exception {
        Replica replica = started(ScriptedTurn.answer());

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .containsExactly(
                        "run created",
                        "run queued",
                        "run in_progress",
                        "step 1 message created",
                        "step 1 message in_progress",
                        "message created ''",
                        "message in_progress ''",
                        "message completed ''",
                        "step 1 message completed",
                        "run completed",
                        "metadata 10");
        assertThat(messages(run).getLast().content()).isEmpty();
    }

    @Test
    void textBeforeCallsIsAMessageOfItsOwn() throws Exception {
        ModelToolCall call = ScriptedTurn.call("call_1", "look_up", "{\"q\":1}");
        Replica replica =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(
                                        ScriptedTurn.begin()
                                                .thenText("Wait.")
                                                .thenCalls(call)
                                                .thenDone(),
                                        ScriptedTurn.answer("Done.")),
                                FakeAction.returning("look_up", Effect.READ_ONLY, "found")));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        List<SequencedEvent> events = reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace().subList(3, events.size()))
                .containsExactly(
                        "step 1 message created",
                        "step 1 message in_progress",
                        "message created ''",
                        "message in_progress ''",
                        "text Wait.",
                        "message completed 'Wait.'",
                        "step 1 message completed",
                        "step 2 calls created",
                        "step 2 calls in_progress",
                        "call 0 look_up",
                        "call 0 += {\"q\":1}",
                        "planned [look_up:started]",
                        "finished [look_up:done]",
                        "step 3 message created",
                        "step 3 message in_progress",
                        "message created ''",
                        "message in_progress ''",
                        "text Done.",
                        "message completed 'Done.'",
                        "step 3 message completed",
                        "run completed",
                        "metadata " + changes(events));
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi", "Wait.", "Done.");
        assertThat(steps(run)).extracting(RunStep::seq).containsExactly(1, 2, 3);
        assertThat(stored(run).state().usage()).isEqualTo(new Usage(20, 10));
        assertThat(replica.model().requests().getLast().messages())
                .containsExactly(
                        new ModelMessage.User("Hi"),
                        new ModelMessage.Assistant("Wait.", List.of(call)),
                        new ModelMessage.ToolResult("call_1", "look_up", "found"));
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(events);
    }

    @Test
    void anAnswerCutOffAtTheTokenLimitIsIncomplete() throws Exception {
        Replica replica =
                started(ScriptedTurn.begin().thenText("Half").thenEnd(FinishReason.LENGTH));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .endsWith(
                        "message incomplete 'Half'", "step 1 message completed", "run incomplete");
        assertThat(stored(run).state().incompleteReason()).isEqualTo("max_completion_tokens");
        assertThat(messages(run).getLast().incompleteReason()).isEqualTo("max_tokens");
    }

    @Test
    void anAnswerCutOffByTheContentFilterIsIncomplete() throws Exception {
        Replica replica =
                started(ScriptedTurn.begin().thenText("Half").thenEnd(FinishReason.CONTENT_FILTER));

        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(stored(run).status()).isEqualTo(RunStatus.INCOMPLETE);
        assertThat(stored(run).state().incompleteReason()).isEqualTo("content_filter");
        assertThat(messages(run).getLast().incompleteReason()).isEqualTo("content_filter");
    }

    @Test
    void aPlainRunCostsAtMostThreeCommitsAndNoneBeforeTheFirstToken() throws Exception {
        var ask = new CountDownLatch(1);
        var speak = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        Replica replica =
                started(
                        ScriptedTurn.begin()
                                .thenWait(ask)
                                .thenText("Hel")
                                .thenWait(speak)
                                .thenText("lo")
                                .thenWait(finish)
                                .thenDone());
        long before = store().commits();

        Run run = replica.say("Hi");
        long accepted = store().commits();
        ask.countDown();
        RecordingReader reader = replica.follow(run).awaitEvent("text Hel");
        long firstToken = store().commits();
        speak.countDown();
        finish.countDown();
        reader.awaitEnd(RUN_OVER);

        assertThat(firstToken).isEqualTo(accepted);
        assertThat(store().commits() - before).isBetween(2L, 3L);
    }

    private static int changes(List<SequencedEvent> events) {
        return events.stream().mapToInt(it -> it.event().changes()).sum();
    }

    private static <T extends RunEvent> T last(List<SequencedEvent> events, Class<T> type) {
        return events.reversed().stream()
                .map(SequencedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
