package org.assistantservice.protocol.jellychat.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineLimitsTest {
    private static final String ROOM = "assistant-service.jellychat.engine.";

    @Test
    void theDefaultsAreThoseOfTheContractAndOfTheLimits() {
        assertThat(bound(Map.of()))
                .isEqualTo(
                        new EngineLimits(
                                Duration.ofSeconds(25),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(45),
                                8192,
                                262_144,
                                50));
    }

    @Test
    void everyLimitIsBound() {
        Map<String, Object> properties =
                Map.of(
                        ROOM + "ping-interval", "1s",
                        ROOM + "ping-timeout", "2s",
                        ROOM + "upgrade-timeout", "3s",
                        ROOM + "connect-timeout", "4s",
                        ROOM + "max-queued-packets", 5,
                        ROOM + "max-queued-characters", 6,
                        ROOM + "max-sessions-per-client", 7);

        assertThat(bound(properties))
                .isEqualTo(
                        new EngineLimits(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                5,
                                6,
                                7));
    }

    private static EngineLimits bound(Map<String, Object> properties) {
        try (ApplicationContext context =
                ApplicationContext.builder()
                        .properties(properties)
                        .beanConfigurations(BeanConfiguration.disabled("org.assistantservice.app"))
                        .start()) {
            return context.getBean(EngineLimits.class);
        }
    }
}
