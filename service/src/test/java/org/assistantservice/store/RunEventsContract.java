package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.run.EventRow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepDelta;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.UnknownCursorException;
import org.junit.jupiter.api.Test;

/// The event log, and the lists of runs and steps.
abstract class RunEventsContract extends StoreContract {
    private static final MessageId MESSAGE = new MessageId("msg_1");

    private static EventRow deltas(int n, String... texts) {
        List<RunEvent> events = new ArrayList<>();
        for (String text : texts) {
            events.add(new MessageDelta(MESSAGE, text));
        }
        return new EventRow(1, n, events);
    }

    private void logAndWait(Run run, EventRow... rows) throws InterruptedException {
        CountDownLatch stored = new CountDownLatch(1);
        journal().log(run.id(), List.of(rows), stored::countDown);
        assertThat(stored.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void loggedDeltasAreReadableOnceTheyAreReportedAsStored() throws Exception {
        Run run = claimOf("Hello").run();
        EventRow row = deltas(2, "How ", "are ", "you?");

        logAndWait(run, row);

        assertThat(eventsOf(run).subList(3, 6)).isEqualTo(Given.sequenced(row));
        assertThat(reads().lastStored(run.id())).contains(new RunCursor(run.id(), 1, 4));
    }

    @Test
    void rowsThatComeAgainWithTheEndAreStoredOnce() throws Exception {
        Claim claim = claimOf("Hello");
        EventRow logged = deltas(2, "How ", "are ");
        EventRow fresh = deltas(4, "you?");
        Run over = Given.completed(claim.run());
        EventRow end = Given.row(1, 5, RunChanged.to(over));
        logAndWait(over, logged);

        journal().finish(claim.lease(), over, List.of(), List.of(), List.of(logged, fresh, end));
        logAndWait(over, logged, fresh);

        assertThat(eventsOf(over).subList(3, 7)).isEqualTo(Given.sequenced(logged, fresh, end));
        assertThat(eventsOf(over)).hasSize(7);
    }

    @Test
    void aCursorInTheMiddleOfARowIsServedExactly() throws Exception {
        Run run = claimOf("Hello").run();
        EventRow first = deltas(2, "a", "b", "c");
        EventRow second = deltas(5, "d", "e");
        logAndWait(run, first, second);
        List<SequencedEvent> all = eventsOf(run);

        for (int seen = 0; seen <= all.size(); seen++) {
            RunCursor cursor =
                    seen == 0
                            ? RunCursor.start(run.id())
                            : new RunCursor(
                                    run.id(), all.get(seen - 1).epoch(), all.get(seen - 1).n());

            assertThat(reads().events(run.id(), cursor, MANY))
                    .isEqualTo(all.subList(seen, all.size()));
            assertThat(reads().events(run.id(), cursor, 2))
                    .isEqualTo(all.subList(seen, Math.min(seen + 2, all.size())));
        }
    }

    @Test
    void piecesOfACallAreOneRow() throws Exception {
        Run run = claimOf("Hello").run();
        StepId step = StepId.random();
        EventRow row =
                Given.row(
                        1,
                        2,
                        new StepDelta(step, 0, new CallId("call_1"), "f", ""),
                        new StepDelta(step, 0, null, null, "{\"a\":"),
                        new StepDelta(step, 0, null, null, "1}"));

        logAndWait(run, row);

        assertThat(eventsOf(run).subList(3, 6)).isEqualTo(Given.sequenced(row));
    }

    @Test
    void deltasOfARunThatIsGoneAreDroppedAndHoldUpNothing() throws Exception {
        Run run = claimOf("Hello").run();
        Run gone = claimOf("Bye").run();
        threads().delete(Given.ANNA, gone.threadId());
        EventRow row = deltas(2, "a");

        journal().log(gone.id(), List.of(row), () -> {});
        logAndWait(run, row);

        assertThat(eventsOf(run)).hasSize(4);
        assertThat(reads().lastStored(gone.id())).isEmpty();
        assertThat(reads().lastStored(RunId.random())).isEmpty();
    }

    @Test
    void eventsAreForgottenAfterTheirTimeAndTheRunStays() {
        Claim over = claimOf("old");
        finish(over);
        Claim active = claimOf("new");

        journal().forget(Given.LATER);
        List<SequencedEvent> atTheirTime = eventsOf(over.run());
        journal().forget(Given.LATER.plusMillis(1));

        assertThat(atTheirTime).hasSize(4);
        assertThat(eventsOf(over.run())).isEmpty();
        assertThat(reads().lastStored(over.run().id())).isEmpty();
        assertThat(stored(over.run())).isEqualTo(Given.completed(over.run()));
        assertThat(eventsOf(active.run())).hasSize(3);
    }

    @Test
    void runsOfAThreadArePagedInOrderOfAcceptance() {
        Claim first = claimOf("one");
        Run one = first.run();
        Run two = accept(Given.on(one.threadId(), "two", BusyPolicy.ENQUEUE)).run();
        Run three = accept(Given.on(one.threadId(), "three", BusyPolicy.ENQUEUE)).run();

        assertThat(runs(one, new PageRequest(2, false, null, null)))
                .isEqualTo(new Page<>(List.of(one, two), true));
        assertThat(runs(one, new PageRequest(2, false, two.id().value(), null)))
                .isEqualTo(new Page<>(List.of(three), false));
        assertThat(runs(one, new PageRequest(2, true, null, null)))
                .isEqualTo(new Page<>(List.of(three, two), true));
        assertThat(runs(one, new PageRequest(1, false, null, three.id().value())))
                .isEqualTo(new Page<>(List.of(two), true));
        assertThatThrownBy(() -> runs(one, new PageRequest(2, false, "run_unknown", null)))
                .isInstanceOf(UnknownCursorException.class)
                .hasMessage("No item of this list has the id 'run_unknown'");
    }

    private Page<Run> runs(Run run, PageRequest page) {
        return reads().runs(Given.ANNA, run.threadId(), page);
    }

    @Test
    void stepsArePagedInOrder() {
        Claim claim = claimOf("one");
        RunStep one = Given.messageStep(claim.run(), 1, Given.reply(claim.run(), "a"));
        RunStep two = Given.callStep(claim.run(), 2);
        journal()
                .plan(claim.lease(), claim.run(), List.of(one, two), List.of(), Map.of(), List.of())
                .await();

        assertThat(
                        reads().steps(
                                        Given.ANNA,
                                        claim.run().id(),
                                        new PageRequest(1, false, one.id().value(), null)))
                .isEqualTo(new Page<>(List.of(two), false));
        assertThat(
                        reads().steps(
                                        Given.ANNA,
                                        claim.run().id(),
                                        new PageRequest(1, true, null, null)))
                .isEqualTo(new Page<>(List.of(two), true));
    }
}
