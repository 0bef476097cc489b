package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssistantSettingsTest {
    @Test
    void everythingHasADefault() {
        try (ApplicationContext context = started(Map.of())) {
            assertThat(context.getBean(AssistantSettings.class))
                    .isEqualTo(
                            new AssistantSettings(
                                    Path.of("data/configs"),
                                    "",
                                    "test-client",
                                    "",
                                    Duration.ofSeconds(1)));
        }
    }

    @Test
    void everyPropertyIsBound() {
        Map<String, Object> properties =
                Map.of(
                        "assistant-service.assistants.configs-directory", "/srv/configs",
                        "assistant-service.assistants.default-assistant", "Weather",
                        "assistant-service.assistants.client-id", "mine",
                        "assistant-service.assistants.default-model", "gpt-4o",
                        "assistant-service.assistants.poll-interval", "250ms");

        try (ApplicationContext context = started(properties)) {
            assertThat(context.getBean(AssistantSettings.class))
                    .isEqualTo(
                            new AssistantSettings(
                                    Path.of("/srv/configs"),
                                    "Weather",
                                    "mine",
                                    "gpt-4o",
                                    Duration.ofMillis(250)));
        }
    }

    /// Without the service's own `application.yml`.
    private static ApplicationContext started(Map<String, Object> properties) {
        return ApplicationContext.builder(properties)
                .bootstrapEnvironment(false)
                .overrideConfigLocations("classpath:none/")
                .start();
    }
}
