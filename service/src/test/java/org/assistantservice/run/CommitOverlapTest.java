package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.INTERRUPTED;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.actions.Effect;
import org.assistantservice.thread.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a run does while its transactions are on their way to the disk, and what of that is shown.
class CommitOverlapTest extends RunsOnStore {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ScriptedModel model =
            new ScriptedModel(
                    calls(call("a", "look_up", "{}")),
                    ScriptedTurn.begin()
                            .thenText("It is ", "so.")
                            .then(_ -> asked.countDown())
                            .thenDone());
    private final HeldCommits plans = HeldCommits.of("plan");
    private final HeldCommits results = HeldCommits.of("stepFinished");

    @AfterEach
    void letGo() {
        plans.release();
        results.release();
    }

    @Test
    void aCallThatOnlyReadsRunsWhileItsPlanIsOnItsWayAndNothingOfItIsShown() throws Exception {
        var lookUp = FakeAction.returning("look_up", Effect.READ_ONLY, "found");
        Replica process = started(Replica.Setup.of(model, lookUp).withJournal(plans::before));
        RecordingReader reader = process.follow(process.say("Hi"));

        await().until(() -> !lookUp.calls().isEmpty());
        reach(asked);
        List<String> before = reader.trace();
        plans.release();
        reader.awaitEnd(RUN_OVER);

        assertThat(before)
                .noneMatch(shown ->
                        shown.startsWith("planned")
                                || shown.startsWith("finished")
                                || shown.startsWith("text"));
        assertThat(reader.trace())
                .containsSubsequence(
                        "planned [look_up:started]",
                        "finished [look_up:done]",
                        "text It is ",
                        "text so.",
                        "run completed");
    }

    @Test
    void theStartOfALongReadingCallIsShownAsSoonAsItsPlanIsOnDisk() throws Exception {
        var lookUp = FakeAction.hanging("look_up", Effect.READ_ONLY);
        var once = new ScriptedModel(calls(call("a", "look_up", "{}")));
        Replica process = started(Replica.Setup.of(once, lookUp).withJournal(plans::before));
        Run run = process.say("Hi");
        RecordingReader reader = process.follow(run);
        await().until(() -> !lookUp.calls().isEmpty());

        plans.release();
        reader.awaitEvent("planned [look_up:started]");
        process.cancel(run.id());
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).contains("run cancelled");
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.class,
            names = {"IDEMPOTENT", "ONCE"})
    void aCallThatChangesSomethingRunsOnlyWhenItsPlanIsOnDisk(Effect effect) throws Exception {
        var lookUp = FakeAction.returning("look_up", effect, "done");
        Replica process = started(Replica.Setup.of(model, lookUp).withJournal(plans::before));
        Run run = process.say("Hi");
        RecordingReader reader = process.follow(run);
        await().ignoreExceptions().until(() -> !storedCalls(run).isEmpty());

        assertThat(lookUp.calls()).isEmpty();
        plans.release();
        reader.awaitEnd(RUN_OVER);

        assertThat(lookUp.calls()).hasSize(1);
    }

    @Test
    void theModelIsAskedWhileResultsAreOnTheirWayAndNothingOfItsAnswerIsShown() throws Exception {
        var send = FakeAction.returning("look_up", Effect.ONCE, "sent");
        Replica process = started(Replica.Setup.of(model, send).withJournal(results::before));
        RecordingReader reader = process.follow(process.say("Hi"));

        reach(asked);
        reader.awaitEvent("planned [look_up:started]");
        List<String> before = reader.trace();
        results.release();
        reader.awaitEnd(RUN_OVER);

        assertThat(before)
                .noneMatch(shown -> shown.startsWith("finished") || shown.startsWith("text"));
        assertThat(reader.trace())
                .containsSubsequence("finished [look_up:done]", "text so.", "run completed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.class,
            names = {"READ_ONLY", "ONCE"})
    void resultsWhoseOutcomeIsUnknownEndTheModelsTurnAndShowNothing(Effect effect)
            throws Exception {
        var lookUp = FakeAction.returning("look_up", effect, "found");
        var hanging =
                new ScriptedModel(
                        calls(call("a", "look_up", "{}")),
                        ScriptedTurn.begin()
                                .thenText("It is ")
                                .then(_ -> asked.countDown())
                                .thenHang());
        Replica process = started(Replica.Setup.of(hanging, lookUp).withJournal(results::before));
        Run run = process.say("Hi");
        RecordingReader reader = process.follow(run);
        reach(asked);

        results.fail(new StoreUnavailableException("the disk is gone"));
        reader.awaitEnd(INTERRUPTED);

        assertThat(hanging.cancelled()).isEqualTo(1);
        assertThat(reader.trace())
                .noneMatch(shown -> shown.startsWith("finished") || shown.startsWith("text"));
        assertThat(stored(run).status().isTerminal()).isFalse();
    }

    @Test
    void aResultIsNotStoredWithoutItsPlan() throws Exception {
        var lookUp = FakeAction.returning("look_up", Effect.READ_ONLY, "found");
        var lost = HeldCommits.lost("plan");
        Replica process = started(Replica.Setup.of(model, lookUp).withJournal(lost::before));
        Run run = process.say("Hi");
        RecordingReader reader = process.follow(run);
        reach(asked);

        lost.fail(new StoreUnavailableException("the disk was full for a moment"));
        reader.awaitEnd(INTERRUPTED);
        // The store writes in order: what was asked for before is over.
        store().journal().expireQueued(Instant.EPOCH);

        assertThat(steps(run)).isEmpty();
        assertThat(stored(run).status().isTerminal()).isFalse();
    }

    @Test
    void aRunWhoseEndIsAskedForMeanwhileIsEndedAfterWhatIsOnItsWay() throws Exception {
        var send = FakeAction.returning("look_up", Effect.ONCE, "sent");
        Replica process =
                started(
                        Replica.Setup.of(
                                        new ScriptedModel(
                                                calls(call("a", "look_up", "{}")),
                                                ScriptedTurn.begin()
                                                        .then(_ -> asked.countDown())
                                                        .thenHang()),
                                        send)
                                .withJournal(results::before));
        Run run = process.say("Hi");
        RecordingReader reader = process.follow(run).awaitEvent("planned [look_up:started]");
        reach(asked);

        process.cancel(run.id());
        results.release();
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).containsSubsequence("finished [look_up:done]", "run cancelled");
        assertThat(storedCalls(run)).extracting(ToolCall::output).containsExactly("sent");
    }
}
