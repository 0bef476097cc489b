package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.answer;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;
import static org.assistantservice.thread.Message.Role.ASSISTANT;
import static org.assistantservice.thread.Message.Role.USER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.run.RunRequest.Options;
import org.assistantservice.run.RunRequest.Said;
import org.junit.jupiter.api.Test;

class EphemeralRunTest extends RunsOnStore {
    private static final RunRequest HI = Requests.with(null, "Hi", Requests.ephemeral());
    private static final ScriptedTurn HALF = ScriptedTurn.begin().thenText("Half").thenHang();

    @Test
    void afterItsEndNothingItSaidOrDidIsLeft() throws Exception {
        var send = FakeAction.returning("send", Effect.ONCE, "sent");
        Replica replica =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(calls(call("a", "send", "{}")), answer("Done.")),
                                send));

        Run run = replica.accept(HI);
        RecordingReader reader = replica.follow(run);
        List<SequencedEvent> events = reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).contains("finished [send:done]", "message completed 'Done.'");
        assertThat(send.calls()).singleElement().matches(CallContext::leavesNoTrace);
        assertThat(messages(run)).isEmpty();
        assertThat(steps(run)).isEmpty();
        assertThat(replica.follow(run).awaitEnd(RUN_OVER)).isEqualTo(events);
    }

    @Test
    void inTheEndItsEventsAndItselfAreForgotten() throws Exception {
        Replica replica = started(answer("Done."));
        Run run = replica.accept(HI);
        replica.follow(run).awaitEnd(RUN_OVER);

        store().journal().forget(Instant.now().plus(Duration.ofHours(1)));

        assertThat(store().runReads().run(Requests.ANNA, run.id())).isEmpty();
        assertThat(replay(RunCursor.start(run.id()))).isEmpty();
    }

    @Test
    void oneWhoseProcessVanishedIsCancelledAtStart() throws Exception {
        Replica first = started(HALF);
        Run run = first.accept(HI);
        first.follow(run).awaitEvent("text Half");
        first.kill();

        isCancelledAtStart(run);
    }

    @Test
    void oneThatAStoppingProcessGaveBackIsCancelledAtStart() throws Exception {
        Replica first = started(HALF);
        Run run = first.accept(HI);
        first.follow(run).awaitEvent("text Half");
        first.workers().drain(Duration.ZERO);

        isCancelledAtStart(run);
    }

    @Test
    void whatItsCallerBroughtIsShownToTheModelAndNotStored() throws Exception {
        var model = new ScriptedModel(answer("Tea."));
        Replica replica = started(Replica.Setup.of(model));

        Run run =
                replica.accept(
                        Requests.with(
                                null,
                                "And now?",
                                Requests.bringing(
                                        new Said(USER, "I like tea."),
                                        new Said(ASSISTANT, "Noted."))));
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(model.requests().getFirst().messages())
                .containsExactly(
                        new ModelMessage.User("I like tea."),
                        new ModelMessage.Assistant("Noted.", List.of()),
                        new ModelMessage.User("And now?"));
        assertThat(messages(run)).isEmpty();
    }

    @Test
    void ofWhatItsCallerBroughtTheOldestIsLeftOutWhereItIsTooMuch() throws Exception {
        var model = new ScriptedModel(answer("Tea."));
        Replica replica = started(Replica.Setup.of(model));
        String longText = "word ".repeat(45_000);

        Run run =
                replica.accept(
                        Requests.with(
                                null,
                                "And now?",
                                Requests.bringing(
                                        new Said(USER, longText),
                                        new Said(ASSISTANT, "Noted."),
                                        new Said(USER, longText),
                                        new Said(ASSISTANT, "Again."))));
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(model.requests().getFirst().messages())
                .containsExactly(
                        new ModelMessage.User(longText),
                        new ModelMessage.Assistant("Again.", List.of()),
                        new ModelMessage.User("And now?"));
    }

    @Test
    void nothingCanBeBroughtToARunThatIsKept() {
        var kept = Options.DEFAULT.withEarlier(List.of(new Said(USER, "Hi")));

        assertThatThrownBy(() -> Requests.with(null, "Hi", kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "What was said earlier can be brought only to an ephemeral run on a new"
                                + " thread");
    }

    private void isCancelledAtStart(Run run) throws InterruptedException {
        Replica next = made(Replica.Setup.of(new ScriptedModel()));
        RecordingReader reader = next.follow(run);
        next.start();
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).endsWith("reset 2", "run cancelling", "run cancelled");
        assertThat(messages(run)).isEmpty();
    }
}
