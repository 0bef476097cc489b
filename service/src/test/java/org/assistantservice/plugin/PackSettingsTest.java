package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "threads-per-pack, 0, threadsPerPack - must be greater than 0",
        "abandoned-before-quarantine, 0, abandonedBeforeQuarantine - must be greater than 0",
        "load-timeout, 0s, assistant-service.packs.load-timeout must be longer than 0 but is PT0S",
        "poll-interval, -1s, assistant-service.packs.poll-interval must be longer than 0 but is PT-1S",
    })
    void aBadValueIsRejectedAtStart(String setting, String value, String message) {
        assertThatThrownBy(() -> get(PackSettings.class, setting, value))
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "jars.max-per-pack, 0, maxPerPack",
        "jars.max-size, 0, maxSize",
        "jars.max-entries, -1, maxEntries",
        "jars.max-inflated-size, 0, maxInflatedSize",
        "jars.max-ratio, 0, maxRatio",
    })
    void aBadLimitIsRejectedAtStart(String setting, String value, String name) {
        assertThatThrownBy(() -> get(JarLimits.class, setting, value))
                .hasStackTraceContaining(name + " - must be greater than 0");
    }

    private static <T> T get(Class<T> type, String setting, String value) {
        try (ApplicationContext context = context(Map.of(PREFIX + setting, value))) {
            return context.getBean(type);
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
