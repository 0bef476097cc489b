package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunJournal.CancelResult;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Ended;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.junit.jupiter.api.Test;

/// One active run per thread, the queue behind it, and repeated requests.
abstract class RunQueueContract extends StoreContract {
    private static final String OTHER = "replica-2";

    @Test
    void messagesOnABusyThreadWaitInOrderAndTakeTheirPlacesWhenClaimed() {
        Claim first = claimOf("one");
        ThreadId thread = first.run().threadId();
        AcceptResult.Accepted second = accept(Given.on(thread, "two", BusyPolicy.ENQUEUE));
        accept(Given.on(thread, "three", BusyPolicy.ENQUEUE));

        assertThat(second.claim()).isNull();
        assertThat(second.run().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(second.events()).hasSize(2).isEqualTo(eventsOf(second.run()));
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
        assertThat(textsOf(thread)).containsExactly("one");

        finish(first);
        Claim next = journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow();

        assertThat(next.run().id()).isEqualTo(second.run().id());
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.changesBefore()).isEqualTo(2);
        assertThat(next.events())
                .containsExactly(new SequencedEvent(1, 1, RunChanged.to(next.run())));
        assertThat(textsOf(thread)).containsExactly("one", "two");
        assertThat(reads().history(next.run(), Given.WINDOW).stream().map(Message::text))
                .containsExactly("one", "two");
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
    }

    @Test
    void aFullQueueRefuses() {
        Claim first = claimOf("one");
        ThreadId thread = first.run().threadId();
        accept(Given.on(thread, "two", BusyPolicy.ENQUEUE));
        accept(Given.on(thread, "three", BusyPolicy.ENQUEUE));

        AcceptResult refused = journal().accept(Given.on(thread, "four", BusyPolicy.ENQUEUE));

        assertThat(refused).isEqualTo(new AcceptResult.Busy(first.run().id()));
        assertThat(reads().runs(Given.ANNA, thread, PageRequest.oldestFirst(9)).data()).hasSize(3);
    }

    @Test
    void aRejectingAssistantRefusesWhileARunIsUnderWayOrWaits() {
        Claim first = claimOf("one");
        ThreadId thread = first.run().threadId();

        AcceptResult whileActive = journal().accept(Given.on(thread, "no", BusyPolicy.REJECT));
        AcceptResult.Accepted waiting = accept(Given.on(thread, "two", BusyPolicy.ENQUEUE));
        finish(first);
        AcceptResult whileWaiting = journal().accept(Given.on(thread, "no", BusyPolicy.REJECT));

        assertThat(whileActive).isEqualTo(new AcceptResult.Busy(first.run().id()));
        assertThat(whileWaiting).isEqualTo(new AcceptResult.Busy(waiting.run().id()));
    }

    @Test
    void anInterruptingMessageAsksTheRunUnderWayToEndAndWaits() {
        Claim first = claimOf("one");
        ThreadId thread = first.run().threadId();

        AcceptResult.Accepted next = accept(Given.on(thread, "two", BusyPolicy.INTERRUPT));

        assertThat(next.interrupted()).isEqualTo(first.run().id());
        assertThat(next.claim()).isNull();
        assertThat(stored(first.run()).status()).isEqualTo(RunStatus.CANCELLING);
    }

    @Test
    void aWaitingRunIsCancelledAtOnceAndItsMessageStays() {
        Claim first = claimOf("one");
        Run waiting = accept(Given.on(first.run().threadId(), "two", BusyPolicy.ENQUEUE)).run();

        CancelResult result = journal().cancel(Given.ANNA, waiting.id(), Given.LATER);

        Run ended =
                waiting.with(
                        new RunState(
                                RunStatus.CANCELLED,
                                null,
                                Given.LATER,
                                null,
                                null,
                                List.of(),
                                null));
        var event = new SequencedEvent(0, 3, RunChanged.to(ended));
        assertThat(result).isEqualTo(new CancelResult.Ended(ended, List.of(event)));
        assertThat(stored(waiting)).isEqualTo(ended);
        assertThat(eventsOf(waiting)).hasSize(3).last().isEqualTo(event);
        assertThat(textsOf(waiting.threadId())).containsExactly("one", "two");
        finish(first);
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
    }

    @Test
    void waitingRunsExpireAtTheirDeadline() {
        Claim first = claimOf("one");
        Run waiting = accept(Given.on(first.run().threadId(), "two", BusyPolicy.ENQUEUE)).run();
        var deadline = waiting.spec().deadline();

        List<Ended> early = journal().expireQueued(deadline.minusMillis(1));
        List<Ended> due = journal().expireQueued(deadline);

        assertThat(early).isEmpty();
        assertThat(due).extracting(ended -> ended.run().id()).containsExactly(waiting.id());
        assertThat(stored(waiting).status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(eventsOf(waiting)).last().isEqualTo(due.getFirst().events().getFirst());
        assertThat(stored(first.run()).status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void theOldestWaitingRunOfAllThreadsIsClaimedFirst() {
        List<RunId> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Claim active = claimOf("one");
            clock.pass(Duration.ofMillis(1));
            waiting.add(
                    accept(Given.on(active.run().threadId(), "two", BusyPolicy.ENQUEUE))
                            .run()
                            .id());
            finish(active);
        }

        List<RunId> claimed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            claimed.add(journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow().run().id());
        }

        assertThat(claimed).isEqualTo(waiting);
    }

    @Test
    void aRepeatedRequestIsTheSameRunForADay() {
        var key = new Idempotency("key-1", "hash");
        Acceptance asked = Given.with(Given.onNewThread("Hello"), key);
        Run run = accept(asked).run();

        AcceptResult again = journal().accept(Given.with(Given.onNewThread("Hello"), key));
        AcceptResult other =
                journal()
                        .accept(
                                Given.with(
                                        Given.onNewThread("Bye"),
                                        new Idempotency("key-1", "other hash")));
        clock.pass(Duration.ofHours(24));
        AcceptResult nextDay = journal().accept(Given.with(Given.onNewThread("Hello"), key));

        assertThat(again).isEqualTo(new AcceptResult.Repeated(run));
        assertThat(other).isEqualTo(new AcceptResult.KeyReused());
        assertThat(Given.accepted(nextDay).run().id()).isNotEqualTo(run.id());
    }

    @Test
    void somebodyElsesKeyDoesNotShowTheirRun() {
        var key = new Idempotency("key-1", "hash");
        accept(Given.with(Given.onNewThread("Hello"), key));
        var thread = Given.thread(Given.BEN);

        AcceptResult asBen =
                journal()
                        .accept(
                                Given.with(
                                        Given.acceptance(
                                                Given.spec(thread.id(), Given.BEN), thread, "Hi"),
                                        key));

        assertThat(asBen).isEqualTo(new AcceptResult.KeyReused());
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() {
        var key = new Idempotency("key-1", "hash");
        Claim first = claimOf("one");
        Acceptance asked =
                Given.with(Given.on(first.run().threadId(), "two", BusyPolicy.REJECT), key);
        journal().accept(asked);
        finish(first);

        AcceptResult again = journal().accept(asked);

        assertThat(Given.accepted(again).run().id()).isEqualTo(asked.spec().id());
    }

    @Test
    void fiftyEqualRequestsAtTheSameTimeAreOneRun() throws Exception {
        var key = new Idempotency("key-1", "hash");
        List<Callable<AcceptResult>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(() -> journal().accept(Given.with(Given.onNewThread("Hello"), key)));
        }

        List<AcceptResult> results = together(tasks);

        List<RunId> ids =
                results.stream()
                        .map(result ->
                                switch (result) {
                                    case AcceptResult.Accepted accepted -> accepted.run().id();
                                    case AcceptResult.Repeated repeated -> repeated.run().id();
                                    case AcceptResult.KeyReused _,
                                            AcceptResult.NoSuchThread _,
                                            AcceptResult.Busy _ ->
                                            throw new AssertionError(result);
                                })
                        .distinct()
                        .toList();
        assertThat(ids).hasSize(1);
        assertThat(results).filteredOn(AcceptResult.Accepted.class::isInstance).hasSize(1);
    }

    @Test
    void twoMessagesAtTheSameTimeAreNeverUnderWayTogether() throws Exception {
        ThreadId thread = claimAndFinish(claimOf("zero"));
        for (int round = 0; round < MANY; round++) {
            Acceptance left = Given.on(thread, round + " left", BusyPolicy.ENQUEUE);
            Acceptance right = Given.on(thread, round + " right", BusyPolicy.ENQUEUE);

            List<AcceptResult.Accepted> both =
                    together(List.of(() -> accept(left), () -> accept(right)));

            List<AcceptResult.Accepted> claimed =
                    both.stream().filter(accepted -> accepted.claim() != null).toList();
            assertThat(claimed).hasSize(1);
            finish(claimIn(claimed.getFirst()));
            Claim second = journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow();
            finish(second);
            Optional<Message> last = lastMessage(thread);
            assertThat(last.map(Message::runId)).contains(second.run().id());
        }
    }

    private ThreadId claimAndFinish(Claim claim) {
        finish(claim);
        return claim.run().threadId();
    }

    private Optional<Message> lastMessage(ThreadId thread) {
        return threads()
                .messages(Given.ANNA, thread, new PageRequest(1, true, null, null), null)
                .data()
                .stream()
                .findFirst();
    }
}
