package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.RunReader.End.SERVICE_STOPPING;
import static org.assistantservice.run.ScriptedTurn.answer;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.actions.Effect;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;

/// What readers see when another process goes on with a run, and how a process hands over.
class RunTakeOverTest extends RunsOnStore {
    private static final ScriptedTurn HALF = ScriptedTurn.begin().thenText("Ha", "lf").thenHang();

    @Test
    void aReaderWithAPlaceInTheOldEpochGetsAResetAndThenTheNewAnswer() throws Exception {
        Replica first = started(HALF);
        Run run = first.say("Hi");
        RecordingReader old = first.follow(run).awaitEvent("text lf");
        first.kill();
        Replica next = made(Replica.Setup.of(new ScriptedModel(answer("Whole"))));
        RecordingReader early = next.follow(old.cursor(run));

        next.start();
        List<SequencedEvent> events = early.awaitEnd(RUN_OVER);

        assertThat(Trace.placed(events).subList(0, 6))
                .containsExactly(
                        "2-1 reset 2",
                        "2-2 step 1 message created",
                        "2-3 step 1 message in_progress",
                        "2-4 message created ''",
                        "2-5 message in_progress ''",
                        "2-6 text Whole");
        assertThat(next.follow(old.cursor(run)).awaitEnd(RUN_OVER)).isEqualTo(events);
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi", "Whole");
        assertThat(steps(run)).hasSize(1);
    }

    @Test
    void everyPlaceOfBothEpochsGivesExactlyTheRestOfWhatIsStored() throws Exception {
        Replica first = started(HALF);
        Run run = first.say("Hi");
        RecordingReader old = first.follow(run).awaitEvent("text lf");
        await().atMost(RecordingReader.PATIENCE)
                .until(() -> replay(RunCursor.start(run.id())).equals(old.events()));
        first.kill();
        Replica next = started(answer("Whole"));

        List<SequencedEvent> all = next.follow(run).awaitEnd(RUN_OVER);

        assertThat(all.subList(0, old.events().size())).isEqualTo(old.events());
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(all);
        for (int i = 0; i < all.size(); i++) {
            var after = RecordingReader.at(run, all.get(i));
            List<SequencedEvent> rest = next.follow(after).awaitEnd(RUN_OVER);
            assertThat(rest).as("after %s", after).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void aReaderThatComesWhileItsRunIsTakenUpIsNotRefused() throws Exception {
        Replica first = started(HALF);
        Run run = first.say("Hi");
        first.follow(run).awaitEvent("text lf");
        first.kill();
        var streams = new AtomicReference<LiveRunStreams>();
        RunReads reads = beforeRun(() -> streams.get().open(takeOver(), List.of()));
        streams.set(new LiveRunStreams(reads, RunLimits.defaults(), InstantSource.system()));
        var reader = new RecordingReader();

        streams.get().subscribe(Requests.ANNA, RunCursor.start(run.id()), reader);

        assertThat(reader.trace()).startsWith("run created").endsWith("reset 2");
    }

    @Test
    void aRunTakenUpAgainCountsAsFollowedForAWhile() throws Exception {
        Replica first = started(HALF);
        Run run = first.say("Hi");
        first.follow(run).awaitEvent("text lf");
        first.kill();

        Replica next = started(HALF);
        await().atMost(RecordingReader.PATIENCE).until(() -> next.workers().activeRuns() == 1);
        boolean followed = next.hasReader(run.id());
        next.follow(run).awaitEvent("text lf");

        assertThat(followed).isTrue();
    }

    @Test
    void aProcessThatStopsHandsItsRunOverWithoutRaisingTheAttempt() throws Exception {
        TestLimits once = TestLimits.STANDARD.withMaxAttempts(1);
        Replica first = started(Replica.Setup.of(new ScriptedModel(HALF)).with(once));
        Run run = first.say("Hi");
        RecordingReader old = first.follow(run).awaitEvent("text lf");

        first.workers().drain(Duration.ZERO);
        old.awaitEnd(SERVICE_STOPPING);
        Replica next = started(Replica.Setup.of(new ScriptedModel(answer("Whole"))).with(once));
        RecordingReader reader = next.follow(old.cursor(run));
        reader.awaitEnd(RUN_OVER);

        assertThat(first.model().cancelled()).isEqualTo(1);
        assertThat(reader.trace()).startsWith("reset 2").contains("run completed");
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi", "Whole");
    }

    @Test
    void aProcessThatStopsWaitsForTheRunsUnderWay() throws Exception {
        var finish = new CountDownLatch(1);
        Replica replica = started(ScriptedTurn.begin().thenText("One").thenWait(finish).thenDone());
        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run).awaitEvent("text One");

        finish.countDown();
        replica.workers().drain(RecordingReader.PATIENCE);

        assertThat(reader.awaitEnd(RUN_OVER)).isEqualTo(replay(RunCursor.start(run.id())));
        assertThat(stored(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aCallCutOffByAStopIsUnknownToTheNextProcess() throws Exception {
        var cutOff = FakeAction.hanging("send", Effect.ONCE);
        Replica first =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(calls(call("a", "send", "{}"))), cutOff));
        Run run = first.say("Hi");
        RecordingReader old = first.follow(run);
        reach(cutOff.entered());

        first.workers().drain(Duration.ZERO);
        old.awaitEnd(SERVICE_STOPPING);
        var again = FakeAction.returning("send", Effect.ONCE, "sent");
        Replica next = started(Replica.Setup.of(new ScriptedModel(answer("Done.")), again));
        next.follow(run).awaitEnd(RUN_OVER);

        assertThat(again.calls()).isEmpty();
        assertThat(storedCalls(run))
                .extracting(ToolCall::state)
                .containsExactly(ToolCall.State.UNKNOWN);
    }

    @Test
    void aWaitingRunIsTakenUpByTheNextProcess() throws Exception {
        Replica first = started(HALF);
        Run run = first.say("First");
        first.follow(run).awaitEvent("text lf");
        Run waiting = first.say(run.threadId(), "Second");
        first.kill();

        Replica next = started(answer("One"), answer("Two"));
        RecordingReader reader = next.follow(waiting);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).contains("text Two").doesNotContain("reset 1");
        assertThat(messages(run))
                .extracting(Message::text)
                .containsExactly("First", "One", "Second", "Two");
    }

    private RunJournal.Claim takeOver() {
        store().journal().expireLeases();
        return store().journal().claim("w_next", Duration.ofSeconds(15), _ -> false).orElseThrow();
    }

    /// Reads of the store; something happens before each look at a run.
    private RunReads beforeRun(Runnable happens) {
        return (RunReads)
                Proxy.newProxyInstance(
                        RunReads.class.getClassLoader(),
                        new Class<?>[] {RunReads.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("run")) {
                                happens.run();
                            }
                            return method.invoke(store().runReads(), arguments);
                        });
    }
}
