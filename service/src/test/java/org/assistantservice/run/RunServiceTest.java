package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.answer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunServiceTest extends RunsOnStore {
    private static final ScriptedTurn HANGING = ScriptedTurn.begin().thenText("One").thenHang();

    @Test
    void messagesOnABusyThreadWaitInOrderAndTheFifthIsRefused() throws Exception {
        var finish = new CountDownLatch(1);
        Replica replica =
                started(
                        ScriptedTurn.begin().thenText("A0").thenWait(finish).thenDone(),
                        answer("A1"),
                        answer("A2"),
                        answer("A3"),
                        answer("A4"));
        Run first = replica.say("Q0");
        ThreadId thread = first.threadId();
        replica.say(thread, "Q1");
        replica.say(thread, "Q2");
        replica.say(thread, "Q3");
        Run last = replica.say(thread, "Q4");
        RecordingReader reader = replica.follow(last);

        refused(
                () -> replica.say(thread, "Q5"),
                RunErrorCode.THREAD_BUSY,
                "Thread is busy",
                Duration.ofSeconds(2));
        finish.countDown();
        reader.awaitEnd(RUN_OVER);

        assertThat(messages(first))
                .extracting(Message::text)
                .containsExactly("Q0", "A0", "Q1", "A1", "Q2", "A2", "Q3", "A3", "Q4", "A4");
    }

    @Test
    void aBusyThreadThatRejectsStoresNothing() throws Exception {
        Replica replica = started(HANGING);
        Run first = replica.say("First");
        replica.follow(first).awaitEvent("text One");

        refused(
                () ->
                        replica.accept(
                                Requests.with(
                                        first.threadId(),
                                        "Second",
                                        Requests.busy(BusyPolicy.REJECT))),
                RunErrorCode.THREAD_BUSY,
                "Thread is busy",
                Duration.ofSeconds(2));

        assertThat(messages(first)).extracting(Message::text).containsExactly("First");
    }

    @Test
    void aMessageThatInterruptsCancelsTheRunUnderWay() throws Exception {
        Replica replica = started(HANGING, answer("Two"));
        Run first = replica.say("First");
        RecordingReader interrupted = replica.follow(first).awaitEvent("text One");

        Run second =
                replica.accept(
                        Requests.with(
                                first.threadId(), "Second", Requests.busy(BusyPolicy.INTERRUPT)));
        replica.follow(second).awaitEnd(RUN_OVER);
        interrupted.awaitEnd(RUN_OVER);

        assertThat(stored(first).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(stored(second).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(messages(first))
                .extracting(Message::text)
                .containsExactly("First", "One", "Second", "Two");
    }

    @Test
    void aRunThatNobodyFollowsGivesWayToANewMessage() throws Exception {
        Replica replica = started(HANGING, answer("Two"));
        Run abandoned = replica.say("First");
        var leaving = new RecordingReader();
        RunStreams.Subscription subscription =
                replica.subscribe(Requests.ANNA, RunCursor.start(abandoned.id()), leaving);
        leaving.awaitEvent("text One");
        subscription.close();

        Run second =
                replica.accept(
                        Requests.with(abandoned.threadId(), "Second", Requests.superseding()));
        replica.follow(second).awaitEnd(RUN_OVER);

        assertThat(stored(abandoned).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(stored(second).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aRunThatIsFollowedDoesNotGiveWay() throws Exception {
        Replica replica = started(HANGING);
        Run followed = replica.say("First");
        replica.follow(followed).awaitEvent("text One");

        refused(
                () ->
                        replica.accept(
                                Requests.with(
                                        followed.threadId(), "Second", Requests.superseding())),
                RunErrorCode.THREAD_BUSY,
                "Thread is busy",
                Duration.ofSeconds(2));

        assertThat(stored(followed).status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void aRequestThatComesAgainIsAnsweredWithItsRun() throws Exception {
        Replica replica = started(answer("Hello"));
        RunRequest request = Requests.with(null, "Hi", Requests.keyed("key-1", "hash-1"));
        Run run = replica.accept(request);
        replica.follow(run).awaitEnd(RUN_OVER);

        Run again = replica.accept(request);

        assertThat(again).isEqualTo(stored(run));
        assertThat(replica.isRepeated(request)).isTrue();
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi", "Hello");
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() throws Exception {
        Replica replica = started(answer("Hello"));
        Run run = replica.accept(Requests.with(null, "Hi", Requests.keyed("key-1", "hash-1")));
        replica.follow(run).awaitEnd(RUN_OVER);

        refused(
                () -> replica.accept(Requests.with(null, "Ho", Requests.keyed("key-1", "hash-2"))),
                RunErrorCode.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for another request",
                null);
    }

    @Test
    void aThreadNobodyKnowsIsRefused() {
        Replica replica = started();

        refused(
                () -> replica.say(ThreadId.random(), "Hi"),
                RunErrorCode.THREAD_NOT_FOUND,
                "Thread not found",
                null);
    }

    @Test
    void aFullServiceRefusesUntilARunEnds() throws Exception {
        Replica replica = limited(TestLimits.STANDARD.withMaxActive(1), HANGING, answer("Two"));
        Run first = replica.say("First");
        RecordingReader reader = replica.follow(first).awaitEvent("text One");

        refused(
                () -> replica.accept(Requests.by(Requests.BEN, "Second")),
                RunErrorCode.OVERLOADED,
                "Too many runs are under way",
                Duration.ofSeconds(5));
        replica.cancel(first.id());
        reader.awaitEnd(RUN_OVER);
        replica.awaitIdle();
        Run second = replica.say("Second");

        assertThat(Trace.of(replica.follow(second).awaitEnd(RUN_OVER))).contains("text Two");
    }

    @Test
    void aPrincipalWithTooManyRunsIsRefusedAndOthersAreNot() throws Exception {
        Replica replica =
                limited(TestLimits.STANDARD.withMaxActivePerPrincipal(1), HANGING, HANGING);
        replica.follow(replica.say("First")).awaitEvent("text One");

        refused(
                () -> replica.say("Second"),
                RunErrorCode.TOO_MANY_RUNS,
                "At most 1 runs at once",
                Duration.ofSeconds(5));
        Run other = replica.accept(Requests.by(Requests.BEN, "Mine"));
        var reader = new RecordingReader();
        replica.subscribe(Requests.BEN, RunCursor.start(other.id()), reader);

        assertThat(reader.awaitEvent("text One").trace()).contains("run in_progress");
    }

    @Test
    void aServiceThatDrainsTakesNoMessage() throws Exception {
        Replica replica = started();
        replica.workers().drain(Duration.ZERO);

        refused(
                () -> replica.say("Hi"),
                RunErrorCode.SHUTTING_DOWN,
                "Service is shutting down",
                Duration.ofSeconds(5));
    }

    private Replica limited(TestLimits limits, ScriptedTurn... script) {
        return started(Replica.Setup.of(new ScriptedModel(script)).with(limits));
    }

    private static void refused(
            ThrowingCallable request,
            RunErrorCode code,
            String message,
            @Nullable Duration retryAfter) {
        assertThatThrownBy(request)
                .isInstanceOf(RunException.class)
                .hasMessage(message)
                .hasFieldOrPropertyWithValue("code", code)
                .hasFieldOrPropertyWithValue("retryAfter", retryAfter);
    }
}
