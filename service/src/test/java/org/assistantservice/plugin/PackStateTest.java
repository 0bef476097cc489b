package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assistantservice.plugin.PackStatus.State;
import org.junit.jupiter.api.Test;

class PackStateTest {
    private static final String DIGEST = "0".repeat(64);

    @Test
    void aQuarantinedPackSaysWhyAndWhatIsWrongWithItsNewVersion() {
        var state = new PackState("demo", null, version(true), List.of("demo.jar is empty."));

        assertThat(state.status(3))
                .isEqualTo(
                        new PackStatus(
                                "demo",
                                State.QUARANTINED,
                                DIGEST,
                                List.of(),
                                List.of(
                                        "Pack 'demo' takes no calls: 3 of its calls did not stop at"
                                                + " their deadline. Put a version in place whose"
                                                + " actions stop when they are interrupted.",
                                        "demo.jar is empty.")));
    }

    @Test
    void aPackWithoutProblemsIsReady() {
        var state = new PackState("demo", null, version(false), List.of());

        assertThat(state.status(3))
                .isEqualTo(new PackStatus("demo", State.READY, DIGEST, List.of(), List.of()));
    }

    private static PackVersion version(boolean isQuarantined) {
        return new PackVersion(
                new PackCopy("demo", DIGEST, List.of()),
                new BoundPack(List.of(), () -> {}),
                () -> isQuarantined,
                () -> {});
    }
}
