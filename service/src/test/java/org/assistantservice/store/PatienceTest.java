package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.assistantservice.thread.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void aWaitThatTakesTooLongEndsAndLeavesTheTaskUndone() {
        try (Patience patience = started()) {
            WriteTask<String> task = new WriteTask<>(_ -> "too late");

            assertThatThrownBy(() -> patience.await(task, SHORT))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("The store did not answer within 20 ms; nothing was stored");
            assertThat(task.take()).isFalse();
        }
    }

    @Test
    void whoeverTookTheTaskMayStillDoIt() {
        try (Patience patience = started()) {
            WriteTask<String> task = new WriteTask<>(_ -> "late");
            assertThat(task.take()).isTrue();

            assertThatThrownBy(() -> patience.await(task, SHORT))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("The store did not answer within 20 ms; the outcome is not known");
        }
    }

    @Test
    void itSleepsWhileNobodyWaitsAndWakesForTheNext() {
        try (Patience patience = started()) {
            await().until(patience::isAsleep);
            WriteTask<String> task = new WriteTask<>(_ -> "too late");

            assertThatThrownBy(() -> patience.await(task, SHORT))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    private static Patience started() {
        Patience patience = new Patience(SHORT);
        patience.start();
        return patience;
    }
}
