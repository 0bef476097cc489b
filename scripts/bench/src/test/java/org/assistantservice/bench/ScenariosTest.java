package org.assistantservice.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.assistantservice.bench.report.Gate;
import org.assistantservice.bench.sut.Build;
import org.junit.jupiter.api.Test;

final class ScenariosTest {
    private static final Build NONE = new Build(Path.of("none"), "");

    @Test
    void anUnknownScenarioIsAnsweredWithAllThatThereAre() {
        try (Rig rig = new Rig(NONE, NONE)) {
            Gate gate = new Gate("service", Point.FAULTS, List.of());
            Scenarios scenarios = new Scenarios(rig, new Options("slow"), gate);

            assertThatThrownBy(scenarios::run)
                    .hasMessage(
                            "No scenario 'slow'; there are: point, streams, memory, runs, boot, "
                                    + "threads, functions, packs, away, watchers, burst, quick, "
                                    + "full");
        }
    }
}
