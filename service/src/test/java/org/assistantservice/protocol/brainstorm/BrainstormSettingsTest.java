package org.assistantservice.protocol.brainstorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrainstormSettingsTest {
    private static final String ROOM = "assistant-service.brainstorm.";

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(bound(Map.of()))
                .isEqualTo(new BrainstormSettings("", 20, 256_000, 16, Duration.ofDays(90)));
    }

    @Test
    void everySettingIsBound() {
        Map<String, Object> properties =
                Map.of(
                        ROOM + "assistant", "Muse",
                        ROOM + "min-chars", 0,
                        ROOM + "max-message-characters", 10,
                        ROOM + "max-chats-per-socket", 2,
                        ROOM + "forget-after", "1h");

        assertThat(bound(properties))
                .isEqualTo(new BrainstormSettings("Muse", 0, 10, 2, Duration.ofHours(1)));
    }

    private static BrainstormSettings bound(Map<String, Object> properties) {
        try (ApplicationContext context =
                ApplicationContext.builder()
                        .properties(properties)
                        .beanConfigurations(BeanConfiguration.disabled("org.assistantservice.app"))
                        .start()) {
            return context.getBean(BrainstormSettings.class);
        }
    }
}
