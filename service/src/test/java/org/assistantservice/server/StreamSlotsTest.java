package org.assistantservice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assistantservice.server.StreamSlots.Slot;
import org.junit.jupiter.api.Test;

class StreamSlotsTest {
    private final StreamSlots slots =
            new StreamSlots(new ServerSettings(null, null, null, 3, 1000, Duration.ofSeconds(1)));

    @Test
    void everyClientHasItsOwnCount() {
        Slot first = slots.take("a", 1).orElseThrow();

        assertThat(slots.take("a", 1)).isEmpty();
        assertThat(slots.take("b", 1)).isPresent();
        first.close();
        first.close();
        assertThat(slots.take("a", 1)).isPresent();
        assertThat(slots.open()).isEqualTo(2);
    }

    @Test
    void theServiceAsAWholeHasALimit() {
        slots.take("a", 2);
        slots.take("a", 2);
        slots.take("b", 2);

        assertThatThrownBy(() -> slots.take("c", 2))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.overloaded()));
        assertThat(slots.open()).isEqualTo(3);
    }
}
