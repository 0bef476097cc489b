package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assistantservice.server.Chore;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    @Test
    void aChoreThatFailsStopsNeitherTheOthersNorItself() throws Exception {
        CountDownLatch failures = new CountDownLatch(2);
        CountDownLatch others = new CountDownLatch(2);
        Chore failing =
                () -> {
                    failures.countDown();
                    throw new IllegalStateException("broken row");
                };
        List<Chore> chores = List.of(failing, others::countDown);

        try (Housekeeping housekeeping = new Housekeeping(() -> chores, Duration.ofMillis(1))) {
            housekeeping.start();

            assertThat(failures.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
