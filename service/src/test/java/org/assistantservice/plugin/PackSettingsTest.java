package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackSettingsTest {
    private static final String PREFIX = "assistant-service.packs.";

    @Test
    void everySettingIsBound() {
        Map<String, Object> properties =
                Map.ofEntries(
                        Map.entry(PREFIX + "directory", "/packs"),
                        Map.entry(PREFIX + "copies-directory", "/copies"),
                        Map.entry(PREFIX + "action-data-directory", "/data"),
                        Map.entry(PREFIX + "threads-per-pack", "2"),
                        Map.entry(PREFIX + "abandoned-before-quarantine", "4"),
                        Map.entry(PREFIX + "load-timeout", "5s"),
                        Map.entry(PREFIX + "poll-interval", "250ms"),
                        Map.entry(PREFIX + "jars.max-per-pack", "6"),
                        Map.entry(PREFIX + "jars.max-size", "7MB"),
                        Map.entry(PREFIX + "jars.max-entries", "8"),
                        Map.entry(PREFIX + "jars.max-inflated-size", "9KB"),
                        Map.entry(PREFIX + "jars.max-ratio", "10"));

        try (ApplicationContext context = context(properties)) {
            assertThat(context.getBean(PackSettings.class))
                    .isEqualTo(
                            new PackSettings(
                                    Path.of("/packs"),
                                    Path.of("/copies"),
                                    Path.of("/data"),
                                    2,
                                    4,
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(250)));
            assertThat(context.getBean(JarLimits.class))
                    .isEqualTo(new JarLimits(6, 7 * 1024 * 1024, 8, 9 * 1024, 10));
        }
    }

    @Test
    void everyLimitOfAJarHasADefault() {
        try (ApplicationContext context = context(Map.of())) {
            assertThat(context.getBean(JarLimits.class))
                    .isEqualTo(new JarLimits(200, 256L << 20, 20_000, 1L << 30, 100));
        }
    }

    /// Only what is given here, without the service's own configuration.
    private static ApplicationContext context(Map<String, Object> properties) {
        return ApplicationContext.builder()
                .enableDefaultPropertySources(false)
                .properties(Map.of("micronaut.health.monitor.enabled", false))
                .propertySources(PropertySource.of("test", properties))
                .start();
    }
}
