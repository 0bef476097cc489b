package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    void nothingIsStartedOnALeaseThatWasNotRenewedInTime() {
        ActiveRun run = run(Duration.ZERO);

        assertThatThrownBy(run::throwIfLeaseIsOld)
                .isInstanceOf(StoppedException.class)
                .hasMessage("LOST");
        assertThat(run.stopReason()).isEqualTo(StopReason.LOST);
    }

    private static ActiveRun run(Duration startingTime) {
        Instant now = Instant.EPOCH;
        var spec =
                new RunSpec(
                        RunId.random(),
                        ThreadId.random(),
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
        return new ActiveRun(claim, new RunFeed(spec.id()), startingTime);
    }
}
