package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Effect;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Usage;
import org.assistantservice.run.Commit;
import org.assistantservice.run.EventRow;
import org.assistantservice.run.FencedException;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent.CallsFinished;
import org.assistantservice.run.RunEvent.CallsPlanned;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Metadata;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunJournal.CancelResult;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.junit.jupiter.api.Test;

/// The way of a run through T1 to T5.
abstract class RunJournalContract extends StoreContract {
    private static final Map<String, String> DIGESTS = Map.of("weather", "abc");

    @Test
    void aMessageOnANewThreadIsStoredAndItsRunClaimedAtOnce() {
        Acceptance asked = Given.onNewThread("How is the weather?");

        AcceptResult.Accepted accepted = accept(asked);

        Run queued = new Run(asked.spec(), RunState.QUEUED);
        Run started =
                new Run(
                        asked.spec(),
                        new RunState(
                                RunStatus.IN_PROGRESS,
                                Given.NOW,
                                null,
                                null,
                                null,
                                List.of(),
                                null));
        var claimed = new SequencedEvent(1, 1, RunChanged.to(started));
        List<SequencedEvent> events =
                List.of(
                        new SequencedEvent(0, 1, RunChanged.created(queued)),
                        new SequencedEvent(0, 2, RunChanged.to(queued)));
        Claim claim =
                new Claim(
                        new Lease(queued.id(), 1, Given.OWNER),
                        started,
                        1,
                        Given.ASSISTANT,
                        Map.of(),
                        List.of(claimed),
                        2,
                        List.of(),
                        false,
                        asked.message());
        assertThat(accepted).isEqualTo(new AcceptResult.Accepted(started, events, claim, null));
        assertThat(stored(queued)).isEqualTo(started);
        assertThat(eventsOf(queued)).startsWith(events.get(0), events.get(1)).endsWith(claimed);
        assertThat(reads().history(started, Given.WINDOW)).containsExactly(asked.message());
        assertThat(threads().find(Given.ANNA, queued.threadId())).contains(asked.thread());
    }

    @Test
    void aRunWithACallIsReadAsItWasWritten() {
        Claim claim = claimOf("How is the weather?");
        Lease lease = claim.lease();
        Run run = claim.run();
        Message said = Given.reply(run, "Let me look.");
        RunStep saying = Given.messageStep(run, 1, said);
        ToolCall call = Given.call(0, Effect.ONCE);
        RunStep calling = Given.callStep(run, 2, call);
        EventRow planned =
                Given.row(
                        1,
                        2,
                        new CallsPlanned(
                                run.with(run.state().withStatus(RunStatus.REQUIRES_ACTION)),
                                calling));
        ToolCall done = call.started().ended(ToolCall.State.DONE, "18 degrees");
        RunStep called =
                calling.with(new RunStep.ToolCalls("Let me look.", List.of(done)))
                        .ended(RunStep.Status.COMPLETED, Given.LATER, null, new Usage(20, 10));
        EventRow finished = Given.row(1, 3, new CallsFinished(run, called));
        Message answer = Given.reply(run, "18 degrees in Lisbon.");
        RunStep answering = Given.messageStep(run, 3, answer);
        Run over = Given.completed(run);
        EventRow opened = Given.row(1, 4, new StepChanged(true, answering));
        EventRow message = Given.row(1, 5, new MessageChanged(false, answer));
        EventRow terminal = Given.row(1, 6, RunChanged.to(over));
        EventRow last =
                Given.row(
                        1,
                        7,
                        new Metadata(
                                run.id(),
                                run.threadId(),
                                new CorrelationId("correlation-1"),
                                Duration.ofMillis(1234),
                                9,
                                Given.LATER));

        journal()
                .plan(
                        lease,
                        run,
                        List.of(saying, calling),
                        List.of(said),
                        DIGESTS,
                        List.of(planned))
                .await();
        journal().start(lease, calling.id(), List.of(call));
        journal().result(lease, calling.id(), done, List.of());
        journal().stepFinished(lease, run, called, List.of(finished)).await();
        journal()
                .finish(
                        lease,
                        over,
                        List.of(answering),
                        List.of(answer),
                        List.of(opened, message, terminal, last));

        assertThat(stored(run)).isEqualTo(over);
        assertThat(reads().steps(Given.ANNA, run.id(), PageRequest.oldestFirst(10)).data())
                .containsExactly(saying, called, answering);
        assertThat(textsOf(run.threadId()))
                .containsExactly("How is the weather?", "Let me look.", "18 degrees in Lisbon.");
        assertThat(threads().message(Given.ANNA, run.threadId(), answer.id())).contains(answer);
        assertThat(eventsOf(run).subList(3, 8))
                .isEqualTo(
                        Given.sequenced(planned, finished, opened, message, terminal, last)
                                .subList(0, 5));
        assertThat(eventsOf(run)).hasSize(9).last().isEqualTo(Given.sequenced(last).getFirst());
    }

    @Test
    void aThreadOfSomebodyElseDoesNotExist() {
        ThreadId ofAnna = accept(Given.onNewThread("Hello")).run().threadId();

        AcceptResult asBen =
                journal().accept(Given.acceptance(Given.spec(ofAnna, Given.BEN), null, "Hi"));
        AcceptResult unknown =
                journal()
                        .accept(
                                Given.acceptance(
                                        Given.spec(ThreadId.random(), Given.ANNA), null, "Hi"));

        assertThat(asBen).isEqualTo(new AcceptResult.NoSuchThread());
        assertThat(unknown).isEqualTo(new AcceptResult.NoSuchThread());
        assertThat(textsOf(ofAnna)).containsExactly("Hello");
    }

    @Test
    void aRunOfSomebodyElseDoesNotExist() {
        Run run = accept(Given.onNewThread("Hello")).run();

        assertThat(reads().run(Given.BEN, run.id())).isEmpty();
        assertThat(reads().runs(Given.BEN, run.threadId(), PageRequest.oldestFirst(9)).data())
                .isEmpty();
        assertThat(reads().steps(Given.BEN, run.id(), PageRequest.oldestFirst(9)).data()).isEmpty();
        assertThat(journal().cancel(Given.BEN, run.id(), Given.NOW))
                .isEqualTo(new CancelResult.NoSuchRun());
        assertThat(journal().cancel(Given.ANNA, RunId.random(), Given.NOW))
                .isEqualTo(new CancelResult.NoSuchRun());
    }

    @Test
    void aCallThatMayHappenOnlyOnceIsNotStartedTwice() {
        Claim claim = claimOf("Refund me");
        ToolCall once = Given.call(0, Effect.ONCE);
        ToolCall safe = Given.call(1, Effect.READ_ONLY);
        RunStep step = Given.callStep(claim.run(), 1, once, safe);
        journal()
                .plan(claim.lease(), claim.run(), List.of(step), List.of(), DIGESTS, List.of())
                .await();
        journal().start(claim.lease(), step.id(), List.of(once, safe));

        journal().start(claim.lease(), step.id(), List.of(safe));

        assertThatThrownBy(() -> journal().start(claim.lease(), step.id(), List.of(once)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Call 0 of %s of %s cannot be started in its stored state"
                                .formatted(step.id(), claim.run().id()));
    }

    @Test
    void aCallCanBeStartedAsItIsPlanned() {
        Claim claim = claimOf("Refund me");
        ToolCall once = Given.call(0, Effect.ONCE).started();
        RunStep step = Given.callStep(claim.run(), 1, once);

        journal()
                .plan(claim.lease(), claim.run(), List.of(step), List.of(), DIGESTS, List.of())
                .await();

        assertThat(reads().steps(Given.ANNA, claim.run().id(), PageRequest.oldestFirst(9)).data())
                .containsExactly(step);
        assertThatThrownBy(() -> journal().start(claim.lease(), step.id(), List.of(once)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Call 0 of %s of %s cannot be started in its stored state"
                                .formatted(step.id(), claim.run().id()));
    }

    @Test
    void theEndOfARoundWhosePlanWasLostIsRefusedAsAWhole() {
        Claim claim = claimOf("Refund me");
        ToolCall done = Given.call(0, Effect.READ_ONLY).ended(ToolCall.State.DONE, "found");
        RunStep step = Given.callStep(claim.run(), 1, done);
        Commit commit = journal().stepFinished(claim.lease(), claim.run(), step, List.of());

        assertThatThrownBy(commit::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The plan of %s of %s is not stored".formatted(step.id(), step.runId()));

        assertThat(reads().steps(Given.ANNA, claim.run().id(), PageRequest.oldestFirst(9)).data())
                .isEmpty();
    }

    @Test
    void aResultIsNeverReplaced() {
        Claim claim = claimOf("Refund me");
        ToolCall call = Given.call(0, Effect.ONCE);
        RunStep step = Given.callStep(claim.run(), 1, call);
        journal()
                .plan(claim.lease(), claim.run(), List.of(step), List.of(), DIGESTS, List.of())
                .await();
        ToolCall done = call.ended(ToolCall.State.DONE, "refunded");
        journal().result(claim.lease(), step.id(), done, List.of());
        ToolCall other = call.ended(ToolCall.State.FAILED, "no");

        assertThatThrownBy(() -> journal().result(claim.lease(), step.id(), other, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Call 0 of %s of %s cannot be given a result in its stored state"
                                .formatted(step.id(), claim.run().id()));
        journal()
                .stepFinished(
                        claim.lease(),
                        claim.run(),
                        step.with(new RunStep.ToolCalls("", List.of(other))),
                        List.of())
                .await();

        assertThat(reads().steps(Given.ANNA, claim.run().id(), PageRequest.oldestFirst(9)).data())
                .singleElement()
                .extracting(RunStep::details)
                .isEqualTo(new RunStep.ToolCalls("", List.of(done)));
    }

    @Test
    void aRunThatIsOverTakesNoMoreWrites() {
        Claim claim = claimOf("Hello");
        finish(claim);

        assertThatThrownBy(() -> finish(claim))
                .isInstanceOf(FencedException.class)
                .hasMessage(claim.run().id() + " is no longer held in epoch 1");
        assertThat(journal().cancel(Given.ANNA, claim.run().id(), Given.LATER))
                .isEqualTo(new CancelResult.AlreadyOver(Given.completed(claim.run())));
    }

    @Test
    void askingForTheEndOfARunUnderWayLastsUntilItsOwnerEndsIt() {
        Claim claim = claimOf("Hello");
        Run cancelling = claim.run().with(claim.run().state().withStatus(RunStatus.CANCELLING));

        CancelResult result = journal().cancel(Given.ANNA, claim.run().id(), Given.LATER);
        journal()
                .plan(
                        claim.lease(),
                        claim.run(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(Given.row(1, 2, RunChanged.to(cancelling))))
                .await();

        assertThat(result).isEqualTo(new CancelResult.Requested(cancelling));
        assertThat(stored(claim.run())).isEqualTo(cancelling);
    }

    @Test
    void anEphemeralRunLeavesOnlyItsEventsAndThoseForAWhile() {
        Acceptance plain = Given.onNewThread("Secret");
        Acceptance asked =
                Given.acceptance(Given.ephemeral(plain.spec()), plain.thread(), "Secret");
        Claim claim = claimIn(accept(asked));
        Message answer = Given.reply(claim.run(), "Secret too");
        RunStep step = Given.messageStep(claim.run(), 1, answer);
        Run over = Given.completed(claim.run());
        EventRow text = Given.row(1, 2, new MessageDelta(answer.id(), "Secret too"));
        EventRow end = Given.row(1, 3, RunChanged.to(over));

        journal().finish(claim.lease(), over, List.of(step), List.of(answer), List.of(text, end));

        assertThat(textsOf(over.threadId())).isEmpty();
        assertThat(reads().steps(Given.ANNA, over.id(), PageRequest.oldestFirst(9)).data())
                .isEmpty();
        assertThat(eventsOf(over).subList(3, 5)).isEqualTo(Given.sequenced(text, end));

        clock.pass(Duration.ofMinutes(6));
        journal().forget(Given.NOW.minus(Duration.ofHours(24)));

        assertThat(reads().run(Given.ANNA, over.id())).isEmpty();
        assertThat(eventsOf(over)).isEmpty();
        assertThat(threads().find(Given.ANNA, over.threadId())).isEmpty();
    }
}
