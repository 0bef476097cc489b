package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.junit.jupiter.api.Test;

class ActiveRunsTest {
    private final ActiveRuns runs = new ActiveRuns();

    @Test
    void aStopThatComesBeforeTheRunStopsItAsItIsAdded() {
        ActiveRun run = run(Duration.ofSeconds(10));
        runs.stop(run.spec().id(), StopReason.CANCELLED);

        runs.add(run);

        assertThat(run.stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aStopForARunThatNeverComesIsForgotten() {
        ActiveRun run = run(Duration.ofSeconds(10));
        runs.stop(run.spec().id(), StopReason.CANCELLED);
        runs.forgetStopsBefore(System.nanoTime() + 1);

        runs.add(run);

        assertThat(run.stopReason()).isNull();
    }

    @Test
    void runsAreCountedForTheirPrincipalUntilTheyAreRemovedOnce() {
        ActiveRun one = run(Duration.ofSeconds(10));
        ActiveRun two = run(Duration.ofSeconds(10));
        runs.add(one);
        runs.add(two);
        runs.remove(one);
        runs.remove(one);

        assertThat(runs.count(Principal.ANONYMOUS)).isEqualTo(1);
        assertThat(runs.size()).isEqualTo(1);
        assertThat(runs.on(two.spec().threadId())).hasValue(two.spec().id());
    }

    @Test
    void theNextRunOfAThreadStaysKnownWhenTheOneBeforeItLeaves() {
        ThreadId thread = ThreadId.random();
        ActiveRun before = run(thread, Duration.ofSeconds(10));
        ActiveRun next = run(thread, Duration.ofSeconds(10));
        runs.add(before);
        runs.add(next);
        runs.remove(before);

        assertThat(runs.on(thread)).hasValue(next.spec().id());
        runs.remove(next);
        assertThat(runs.on(thread)).isEmpty();
    }

    @Test
    void runsThatComeAndGoOnManyThreadsOfThisProcessLeaveNothingBehind() throws Exception {
        ThreadId shared = ThreadId.random();
        ActiveRun stays = run(Duration.ofSeconds(10));
        runs.add(stays);

        try (var workers = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> tasks = Collections.nCopies(4, () -> comeAndGo(shared));
            for (Future<Boolean> ownWasFound : workers.invokeAll(tasks)) {
                assertThat(ownWasFound.get()).isTrue();
            }
        }

        assertThat(runs.on(shared)).isEmpty();
        assertThat(runs.on(stays.spec().threadId())).hasValue(stays.spec().id());
        assertThat(runs.size()).isEqualTo(1);
        assertThat(runs.count(Principal.ANONYMOUS)).isEqualTo(1);
    }

    /// Whether a run was always found on a thread of its own, beside others on the shared one.
    private boolean comeAndGo(ThreadId shared) {
        boolean ownWasFound = true;
        for (int i = 0; i < 500; i++) {
            ActiveRun own = run(Duration.ofSeconds(10));
            ActiveRun contended = run(shared, Duration.ofSeconds(10));
            runs.add(own);
            runs.add(contended);
            ownWasFound &= runs.on(own.spec().threadId()).equals(Optional.of(own.spec().id()));
            runs.remove(contended);
            runs.remove(own);
            ownWasFound &= runs.on(own.spec().threadId()).isEmpty();
        }
        return ownWasFound;
    }

    @Test
    void nothingIsStartedOnALeaseThatWasNotRenewedInTime() {
        ActiveRun run = run(Duration.ZERO);

        assertThatThrownBy(run::throwIfLeaseIsOld)
                .isInstanceOf(StoppedException.class)
                .hasMessage("LOST");
        assertThat(run.stopReason()).isEqualTo(StopReason.LOST);
    }

    private static ActiveRun run(Duration startingTime) {
        return run(ThreadId.random(), startingTime);
    }

    private static ActiveRun run(ThreadId thread, Duration startingTime) {
        Instant now = Instant.EPOCH;
        var spec =
                new RunSpec(
                        RunId.random(),
                        thread,
                        AssistantId.random(),
                        "v1",
                        Principal.ANONYMOUS,
                        CorrelationId.random(),
                        "model",
                        "",
                        List.of(),
                        Sampling.DEFAULT,
                        new RoundCap(1, RoundCap.AtCap.FAIL),
                        null,
                        false,
                        Map.of(),
                        now,
                        now);
        var assistant =
                new Assistant(
                        spec.assistantId(),
                        "v1",
                        "A",
                        "",
                        "",
                        "",
                        List.of(),
                        "{}",
                        BusyPolicy.ENQUEUE,
                        now);
        var claim =
                new Claim(
                        new Lease(spec.id(), 1, "me"),
                        new Run(spec, RunState.QUEUED),
                        1,
                        assistant,
                        Map.of(),
                        List.of(),
                        0,
                        List.of(),
                        false,
                        null);
        return new ActiveRun(claim, new RunFeed(spec.id()), startingTime, List.of());
    }
}
