package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assistantservice.actions.Effect;
import org.assistantservice.identity.MessageId;
import org.assistantservice.run.FencedException;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Reset;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.run.ToolCall;
import org.junit.jupiter.api.Test;

/// Leases: who loses a run stops, who takes it over gets everything.
abstract class RunRecoveryContract extends StoreContract {
    private static final String OTHER = "replica-2";

    @Test
    void aRunWhoseOwnerVanishedIsTakenOverWithAllThatIsStored() {
        Claim first = claimOf("Hello");
        Run run = first.run();
        ToolCall call = Given.call(0, Effect.ONCE);
        RunStep step = Given.callStep(run, 1, call);
        var deltas =
                Given.row(
                        1,
                        2,
                        new MessageDelta(MessageId.random(), "a"),
                        new MessageDelta(MessageId.random(), "b"));
        journal()
                .plan(
                        first.lease(),
                        run,
                        List.of(step),
                        List.of(),
                        Map.of("weather", "abc"),
                        List.of(Given.row(1, 2, deltas.events().getFirst())))
                .await();
        journal().start(first.lease(), step.id(), List.of(call));
        clock.pass(Given.LEASE);

        Claim second = journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow();

        assertThat(second)
                .isEqualTo(
                        new Claim(
                                new Lease(run.id(), 2, OTHER),
                                run,
                                2,
                                Given.ASSISTANT,
                                Map.of("weather", "abc"),
                                List.of(new SequencedEvent(2, 1, new Reset(run.id(), 2))),
                                4,
                                List.of(
                                        step.with(
                                                new RunStep.ToolCalls(
                                                        "Let me look.", List.of(call.started())))),
                                false,
                                null));
        assertThat(eventsOf(run)).last().isEqualTo(second.events().getFirst());
    }

    @Test
    void aRunThatItsOwnerStillDrivesIsPassedOverHoweverOldItsLease() {
        Claim first = claimOf("Hello");
        clock.pass(Given.LEASE);

        assertThat(journal().claim(Given.OWNER, Given.LEASE, first.run().id()::equals)).isEmpty();
        assertThat(journal().claim(Given.OWNER, Given.LEASE, _ -> false)).isPresent();
    }

    @Test
    void aLeaseThatIsHeldIsNotTaken() {
        Claim first = claimOf("Hello");
        clock.pass(Given.LEASE.minusMillis(1));

        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
        assertThat(journal().renew(List.of(first.lease()), Given.LEASE)).isEmpty();
        clock.pass(Given.LEASE.minusMillis(1));
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
        clock.pass(Given.LEASE);
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isPresent();
    }

    @Test
    void everyWriteExtendsTheLease() {
        Claim first = claimOf("Hello");
        clock.pass(Given.LEASE.minusMillis(1));

        journal()
                .plan(first.lease(), first.run(), List.of(), List.of(), Map.of(), List.of())
                .await();

        clock.pass(Given.LEASE.minusMillis(1));
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
    }

    @Test
    void whoLostARunCanWriteNothingMoreToIt() {
        Claim first = claimOf("Hello");
        Lease lost = first.lease();
        ToolCall call = Given.call(0, Effect.ONCE);
        RunStep step = Given.callStep(first.run(), 1, call);
        journal().plan(lost, first.run(), List.of(step), List.of(), Map.of(), List.of()).await();
        clock.pass(Given.LEASE);
        Claim second = journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow();
        List<SequencedEvent> before = eventsOf(first.run());

        ToolCall done = call.ended(ToolCall.State.DONE, "done");
        List<ThrowingCallable> writes =
                List.of(
                        () ->
                                journal()
                                        .plan(
                                                lost,
                                                first.run(),
                                                List.of(),
                                                List.of(Given.reply(first.run(), "no")),
                                                Map.of(),
                                                List.of())
                                        .await(),
                        () -> journal().start(lost, step.id(), List.of(call)),
                        () -> journal().result(lost, step.id(), done, List.of()),
                        () -> journal().stepFinished(lost, first.run(), step, List.of()).await(),
                        () -> finish(first),
                        () -> journal().release(lost));

        assertThat(writes)
                .allSatisfy(write ->
                        assertThatThrownBy(write)
                                .isInstanceOf(FencedException.class)
                                .hasMessage(first.run().id() + " is no longer held in epoch 1"));
        assertThat(journal().renew(List.of(lost, second.lease()), Given.LEASE))
                .containsExactly(lost);
        assertThat(eventsOf(first.run())).isEqualTo(before);
        assertThat(textsOf(first.run().threadId())).containsExactly("Hello");
        assertThat(stored(first.run()).status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void aRunThatWasGivenBackGoesOnAtOnceAndCountsAsNoNewAttempt() {
        Claim first = claimOf("Hello");

        journal().release(first.lease());
        Claim second = journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow();
        clock.pass(Given.LEASE);
        Claim third = journal().claim(Given.OWNER, Given.LEASE, _ -> false).orElseThrow();

        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.lease()).isEqualTo(new Lease(first.run().id(), 2, OTHER));
        assertThat(third.attempt()).isEqualTo(2);
        assertThat(third.lease().epoch()).isEqualTo(3);
    }

    @Test
    void atStartEveryRunUnderWayMayBeTakenAndRunsGivenBackCountNoAttempt() {
        Claim vanished = claimOf("one");
        Claim givenBack = claimOf("two");
        journal().release(givenBack.lease());

        journal().expireLeases();
        List<Claim> claims =
                List.of(
                        journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow(),
                        journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow());

        assertThat(claims)
                .extracting(claim -> claim.run().id(), Claim::attempt)
                .containsExactlyInAnyOrder(
                        tuple(vanished.run().id(), 2), tuple(givenBack.run().id(), 1));
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
    }

    @Test
    void aRunThatWasToEndIsTakenOverAsOne() {
        Claim first = claimOf("Hello");
        journal().cancel(Given.ANNA, first.run().id(), Given.NOW);
        clock.pass(Given.LEASE);

        Claim second = journal().claim(OTHER, Given.LEASE, _ -> false).orElseThrow();

        assertThat(second.cancelRequested()).isTrue();
        assertThat(second.run().status()).isEqualTo(RunStatus.CANCELLING);
    }

    @Test
    void deletingAThreadEndsTheRightToItsRun() {
        Claim first = claimOf("Hello");

        boolean deleted = threads().delete(Given.ANNA, first.run().threadId());

        assertThat(deleted).isTrue();
        assertThatThrownBy(() -> finish(first)).isInstanceOf(FencedException.class);
        assertThat(reads().run(Given.ANNA, first.run().id())).isEmpty();
        assertThat(eventsOf(first.run())).isEmpty();
        clock.pass(Given.LEASE);
        assertThat(journal().claim(OTHER, Given.LEASE, _ -> false)).isEmpty();
    }
}
