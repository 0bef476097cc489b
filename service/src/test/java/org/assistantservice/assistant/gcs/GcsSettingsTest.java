package org.assistantservice.assistant.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GcsSettingsTest {
    @Test
    void everythingHasADefault() {
        try (ApplicationContext context = started(Map.of())) {
            assertThat(context.getBean(GcsSettings.class))
                    .isEqualTo(
                            new GcsSettings(
                                    "test-project",
                                    "test-bucket",
                                    "",
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(15),
                                    3));
        }
    }

    @Test
    void everyPropertyIsBound() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("assistant-service.gcs.project-id", "mine");
        properties.put("assistant-service.gcs.bucket-id", "configs-of-mine");
        properties.put("assistant-service.gcs.endpoint", "http://localhost:4443");
        properties.put("assistant-service.gcs.connect-timeout", "1s");
        properties.put("assistant-service.gcs.read-timeout", "2s");
        properties.put("assistant-service.gcs.total-timeout", "4s");
        properties.put("assistant-service.gcs.attempts", "5");

        try (ApplicationContext context = started(properties)) {
            assertThat(context.getBean(GcsSettings.class))
                    .isEqualTo(
                            new GcsSettings(
                                    "mine",
                                    "configs-of-mine",
                                    "http://localhost:4443",
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(4),
                                    5));
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
