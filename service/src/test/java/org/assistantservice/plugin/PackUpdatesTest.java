package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackUpdatesTest {
    @TempDir Path root;

    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    @BeforeEach
    void twoPacks() {
        DemoPack.in(root.resolve("packs/a"), "1").jar("a.jar");
        DemoPack.in(root.resolve("packs/b"), "2").jar("b.jar");
    }

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class})
    void anErrorRefusesThePackThatItCameFromOnly(Class<? extends Error> type) throws Exception {
        Error error = type.getConstructor(String.class).newInstance("while a pack is copied");
        PackUpdates updates =
                updates(() -> {
                    throw error;
                });

        updates.update(Instant.MAX);

        assertThat(updates.states().values())
                .filteredOn(it -> it.serving() == null)
                .singleElement()
                .satisfies(refused ->
                        assertThat(refused.problems())
                                .containsExactly(
                                        "Pack '%s' could not be looked at (%s); the log says more."
                                                .formatted(refused.name(), type.getSimpleName())));
        assertThat(serving(updates)).hasSize(1);
    }

    @Test
    void allPacksAreDealtWithBeforeAStopIsPassedOn() {
        PackUpdates updates = updates(() -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> updates.update(Instant.MAX))
                .withMessage("Stopped while refreshing packs");

        assertThat(serving(updates)).hasSize(1);
    }

    private static List<PackState> serving(PackUpdates updates) {
        return updates.states().values().stream().filter(it -> it.serving() != null).toList();
    }

    /// @param atFirstCopy happens while the first of the packs is copied
    private PackUpdates updates(Runnable atFirstCopy) {
        var loader =
                new PackLoader(
                        DemoPack.settings(root, Duration.ofSeconds(20)), new ReflectiveBinder());
        var copies =
                new PackCopies(
                        root.resolve("copies"),
                        new PackCheck(DemoPack.LIMITS),
                        new DisturbingClock(atFirstCopy));
        return new PackUpdates(
                new PackFolders(root.resolve("packs"), 10),
                copies,
                new PackShelf(loader, copies, Clock.systemUTC()),
                worker);
    }

    /// Does something the first time it is asked.
    private static final class DisturbingClock extends Clock {
        private final AtomicBoolean isFirst = new AtomicBoolean(true);
        private final Runnable disturbance;

        DisturbingClock(Runnable disturbance) {
            this.disturbance = disturbance;
        }

        @Override
        public Instant instant() {
            if (isFirst.getAndSet(false)) {
                disturbance.run();
            }
            return Instant.EPOCH;
        }

        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException("Only instants are asked for");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only instants are asked for");
        }
    }
}
