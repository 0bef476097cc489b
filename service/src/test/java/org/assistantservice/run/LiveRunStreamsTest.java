package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.call;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assistantservice.actions.Effect;
import org.junit.jupiter.api.Test;

class LiveRunStreamsTest extends RunsOnStore {
    @Test
    void everyPlaceOfAFinishedRunGivesExactlyTheRest() throws Exception {
        Replica replica =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(
                                        ScriptedTurn.begin()
                                                .thenText("Wa", "it.")
                                                .thenCalls(call("a", "look_up", "{}"))
                                                .thenDone(),
                                        ScriptedTurn.answer("D", "o", "ne")),
                                FakeAction.returning("look_up", Effect.READ_ONLY, "x")));
        Run run = replica.say("Hi");
        List<SequencedEvent> live = replica.follow(run).awaitEnd(RUN_OVER);

        for (int i = 0; i < live.size(); i++) {
            var after = RecordingReader.at(run, live.get(i));
            List<SequencedEvent> rest = replica.follow(after).awaitEnd(RUN_OVER);
            assertThat(rest).as("after %s", after).isEqualTo(live.subList(i + 1, live.size()));
        }
        assertThat(replica.follow(run).awaitEnd(RUN_OVER)).isEqualTo(live);
    }

    @Test
    void readersThatComeAtAnyTimeSeeTheSame() throws Exception {
        var gates = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        Replica replica =
                started(
                        ScriptedTurn.begin()
                                .thenWait(gates.get(0))
                                .thenText("a", "b")
                                .thenWait(gates.get(1))
                                .thenText("c")
                                .thenWait(gates.get(2))
                                .thenDone());
        Run run = replica.say("Hi");
        RecordingReader first = replica.follow(run);
        gates.get(0).countDown();
        first.awaitEvent("text b");
        RecordingReader second = replica.follow(run);
        RecordingReader returning = replica.follow(first.cursor(run));
        gates.get(1).countDown();
        first.awaitEvent("text c");
        RecordingReader third = replica.follow(run);
        gates.get(2).countDown();

        List<SequencedEvent> all = first.awaitEnd(RUN_OVER);

        assertThat(second.awaitEnd(RUN_OVER)).isEqualTo(all);
        assertThat(third.awaitEnd(RUN_OVER)).isEqualTo(all);
        assertThat(returning.awaitEnd(RUN_OVER)).isEqualTo(all.subList(9, all.size()));
        assertThat(replay(RunCursor.start(run.id()))).isEqualTo(all);
    }

    @Test
    void aReaderOfAWaitingRunSeesItStart() throws Exception {
        var finish = new CountDownLatch(1);
        Replica replica =
                started(
                        ScriptedTurn.begin().thenWait(finish).thenText("One").thenDone(),
                        ScriptedTurn.answer("Two"));
        Run first = replica.say("First");
        Run second = replica.say(first.threadId(), "Second");

        RecordingReader waiting = replica.follow(second);
        List<String> whileWaiting = waiting.trace();
        finish.countDown();
        List<SequencedEvent> events = waiting.awaitEnd(RUN_OVER);

        assertThat(whileWaiting).containsExactly("run created", "run queued");
        assertThat(waiting.trace()).contains("text Two").last().isEqualTo("metadata 11");
        assertThat(replay(RunCursor.start(second.id()))).isEqualTo(events);
    }

    @Test
    void aReaderThatHasSeenAllIsToldSoAtOnce() throws Exception {
        Replica replica = started(ScriptedTurn.answer("Hello"));
        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        RecordingReader returning = replica.follow(reader.cursor(run));

        assertThat(returning.ends()).containsExactly(RUN_OVER);
        assertThat(returning.events()).isEmpty();
    }

    @Test
    void aReaderThatLeftGetsNothingMoreAndTheRunGoesOn() throws Exception {
        var go = new CountDownLatch(1);
        Replica replica =
                started(
                        ScriptedTurn.begin()
                                .thenText("One")
                                .thenWait(go)
                                .thenText("Two")
                                .thenDone());
        Run run = replica.say("Hi");
        var leaving = new RecordingReader();
        RunStreams.Subscription subscription =
                replica.subscribe(Requests.ANNA, RunCursor.start(run.id()), leaving);
        RecordingReader staying = replica.follow(run).awaitEvent("text One");
        leaving.awaitEvent("text One");

        subscription.close();
        subscription.close();
        go.countDown();
        staying.awaitEnd(RUN_OVER);

        assertThat(leaving.trace()).last().isEqualTo("text One");
        assertThat(leaving.ends()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aRunCountsAsFollowedFromItsBeginningUntilItsReaderLeaves() throws Exception {
        Replica replica = started(ScriptedTurn.begin().thenText("One").thenHang());
        Run run = replica.say("Hi");
        boolean before = replica.hasReader(run.id());
        var reader = new RecordingReader();
        RunStreams.Subscription subscription =
                replica.subscribe(Requests.ANNA, RunCursor.start(run.id()), reader);
        boolean during = replica.hasReader(run.id());
        reader.awaitEvent("text One");
        subscription.close();

        assertThat(before).isTrue();
        assertThat(during).isTrue();
        assertThat(replica.hasReader(run.id())).isFalse();
    }

    @Test
    void anotherPrincipalsRunDoesNotExist() throws Exception {
        Replica replica = started(ScriptedTurn.begin().thenText("One").thenHang());
        Run run = replica.say("Hi");
        replica.follow(run).awaitEvent("text One");
        var stranger = new RecordingReader();

        refused(
                () -> replica.subscribe(Requests.BEN, RunCursor.start(run.id()), stranger),
                RunErrorCode.RUN_NOT_FOUND,
                "No run found with id '%s'.".formatted(run.id()));
        assertThat(stranger.events()).isEmpty();
    }

    @Test
    void aPlaceTheRunHasNotReachedIsRefused() throws Exception {
        Replica replica =
                started(ScriptedTurn.begin().thenText("One").thenHang(), ScriptedTurn.answer("x"));
        Run live = replica.say("Hi");
        replica.follow(live).awaitEvent("text One");
        Run over = replica.say("Hi");
        replica.follow(over).awaitEnd(RUN_OVER);

        refused(
                () -> replica.follow(new RunCursor(live.id(), 1, 7)),
                RunErrorCode.INVALID_CURSOR,
                live.id() + " has no event 1-7");
        refused(
                () -> replica.follow(new RunCursor(live.id(), 2, 1)),
                RunErrorCode.INVALID_CURSOR,
                live.id() + " has no event 2-1");
        refused(
                () -> replica.follow(new RunCursor(over.id(), 1, 99)),
                RunErrorCode.INVALID_CURSOR,
                over.id() + " has no event 1-99");
    }

    @Test
    void oneReaderTooManyIsRefusedAndTheOthersStay() throws Exception {
        var go = new CountDownLatch(1);
        Replica replica =
                started(
                        Replica.Setup.of(
                                        new ScriptedModel(
                                                ScriptedTurn.begin()
                                                        .thenWait(go)
                                                        .thenText("One")
                                                        .thenDone()))
                                .with(TestLimits.STANDARD.withMaxReaders(2)));
        Run run = replica.say("Hi");
        RecordingReader first = replica.follow(run);
        RecordingReader second = replica.follow(run);

        refused(
                () -> replica.follow(run),
                RunErrorCode.TOO_MANY_READERS,
                run.id() + " has 2 readers already");
        go.countDown();

        assertThat(first.awaitEnd(RUN_OVER)).isEqualTo(second.awaitEnd(RUN_OVER));
    }

    @Test
    void eventsThatAreNoLongerKeptAreSaidToBeExpired() throws Exception {
        Replica replica = started(ScriptedTurn.answer("Hello"));
        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        store().journal().forget(Instant.now().plusSeconds(60));

        refused(
                () -> replica.follow(run),
                RunErrorCode.CURSOR_EXPIRED,
                "The events of %s are no longer kept".formatted(run.id()));
    }

    private static void refused(ThrowingCallable request, RunErrorCode code, String message) {
        assertThatThrownBy(request)
                .isInstanceOf(RunException.class)
                .hasMessage(message)
                .hasFieldOrPropertyWithValue("code", code);
    }
}
