package org.assistantservice.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.model.offline.OfflineSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiSettingsTest {
    private static final String PREFIX = "assistant-service.model.";

    @Test
    void hasFiniteDefaults() {
        try (ApplicationContext context = context(Map.of())) {
            OpenAiSettings settings = context.getBean(OpenAiSettings.class);
            assertThat(settings)
                    .isEqualTo(
                            new OpenAiSettings(
                                    settings.apiKey(),
                                    settings.baseUrl(),
                                    "gpt-4-turbo-preview",
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(120),
                                    Duration.ofSeconds(120),
                                    Duration.ofMinutes(5),
                                    3,
                                    List.of()));
            assertThat(settings.key()).isEmpty();
            assertThat(settings.endpoint())
                    .isEqualTo(URI.create("https://api.openai.com/v1/chat/completions"));
            assertThat(context.getBean(OpenAiDialect.class)).isEqualTo(OpenAiDialect.DEFAULT);
            assertThat(context.getBean(OpenAiLimits.class)).isEqualTo(OpenAiLimits.DEFAULT);
            assertThat(context.getBean(OpenAiResilience.class)).isEqualTo(OpenAiResilience.DEFAULT);
            assertThat(context.getBean(OfflineSettings.class))
                    .isEqualTo(new OfflineSettings(Duration.ofMillis(15)));
        }
    }

    @Test
    void bindsEveryProperty() {
        Map<String, Object> properties =
                Map.ofEntries(
                        Map.entry(PREFIX + "api-key", "sk-1"),
                        Map.entry(PREFIX + "base-url", "http://localhost:1/v1"),
                        Map.entry(PREFIX + "default-model", "m"),
                        Map.entry(PREFIX + "connect-timeout", "1s"),
                        Map.entry(PREFIX + "first-byte-timeout", "2s"),
                        Map.entry(PREFIX + "idle-timeout", "3s"),
                        Map.entry(PREFIX + "attempt-timeout", "4s"),
                        Map.entry(PREFIX + "attempts", "5"),
                        Map.entry(PREFIX + "aliases", "gpt-4o=local/a,gpt-3.5-turbo=b"),
                        Map.entry(PREFIX + "dialect.max-tokens-field", "max_tokens"),
                        Map.entry(PREFIX + "dialect.send-parallel-tool-calls", "false"),
                        Map.entry(PREFIX + "dialect.send-stream-options", "false"),
                        Map.entry(PREFIX + "dialect.forbid-padding", "true"),
                        Map.entry(PREFIX + "dialect.send-strict", "false"),
                        Map.entry(PREFIX + "limits.max-event-bytes", "1"),
                        Map.entry(PREFIX + "limits.max-response-bytes", "2"),
                        Map.entry(PREFIX + "limits.max-calls", "3"),
                        Map.entry(PREFIX + "limits.max-arguments-characters", "4"),
                        Map.entry(PREFIX + "resilience.backoff-min", "1ms"),
                        Map.entry(PREFIX + "resilience.backoff-max", "2ms"),
                        Map.entry(PREFIX + "resilience.max-retry-after", "3s"),
                        Map.entry(PREFIX + "resilience.retry-budget-percent", "4"),
                        Map.entry(PREFIX + "resilience.retry-budget-per-minute", "5"),
                        Map.entry(PREFIX + "resilience.breaker-failure-percent", "6"),
                        Map.entry(PREFIX + "resilience.breaker-calls", "7"),
                        Map.entry(PREFIX + "resilience.breaker-open", "8s"),
                        Map.entry(PREFIX + "resilience.max-concurrent-calls", "9"),
                        Map.entry(PREFIX + "offline.word-pace", "0ms"));
        try (ApplicationContext context = context(properties)) {
            assertThat(context.getBean(OpenAiSettings.class))
                    .isEqualTo(
                            new OpenAiSettings(
                                    "sk-1",
                                    "http://localhost:1/v1",
                                    "m",
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(4),
                                    5,
                                    List.of("gpt-4o=local/a", "gpt-3.5-turbo=b")));
            assertThat(context.getBean(OpenAiSettings.class).aliasMap())
                    .isEqualTo(Map.of("gpt-4o", "local/a", "gpt-3.5-turbo", "b"));
            assertThat(context.getBean(OpenAiDialect.class))
                    .isEqualTo(new OpenAiDialect("max_tokens", false, false, true, false));
            assertThat(context.getBean(OpenAiLimits.class)).isEqualTo(new OpenAiLimits(1, 2, 3, 4));
            assertThat(context.getBean(OpenAiResilience.class))
                    .isEqualTo(
                            new OpenAiResilience(
                                    Duration.ofMillis(1),
                                    Duration.ofMillis(2),
                                    Duration.ofSeconds(3),
                                    4,
                                    5,
                                    6,
                                    7,
                                    Duration.ofSeconds(8),
                                    9));
            assertThat(context.getBean(OfflineSettings.class))
                    .isEqualTo(new OfflineSettings(Duration.ZERO));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, https://api.openai.com/v1/chat/completions",
        "http://localhost:11434/v1/, http://localhost:11434/v1/chat/completions",
        "http://h, http://h/chat/completions",
        "https://x/openai/v1?api-version=p, https://x/openai/v1/chat/completions?api-version=p",
        "' ', https://api.openai.com/v1/chat/completions"
    })
    void theEndpointIsBelowTheBaseUrl(String base, URI endpoint) {
        assertThat(settings("k", base, List.of(), 3).endpoint()).isEqualTo(endpoint);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        OpenAiSettings wrong = settings("sk 1", "ftp://h/v1", List.of("a", " ", "b=c"), 3);

        assertThat(wrong.problems())
                .containsExactly(
                        "assistant-service.model.base-url (OPENAI_BASE_URL) must be an http or https URL"
                                + " but was 'ftp://h/v1': use e.g. http://localhost:11434/v1",
                        "assistant-service.model.api-key (OPENAI_API_KEY) must be printable ASCII"
                                + " without spaces: copy the key again",
                        "assistant-service.model.aliases must be 'requested=sent' but was 'a'");
        assertThatThrownBy(() -> Clients.of(wrong, Clients.QUICK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.join("\n", wrong.problems()));
        assertThat(settings(null, null, List.of(), 1).problems()).isEmpty();
        assertThat(settings("k", "not a url", List.of(), 1).problems()).hasSize(1);
    }

    @Test
    void theKeyIsInNoText() {
        assertThat(settings("sk-secret", null, List.of(), 3))
                .hasToString(
                        "OpenAiSettings[baseUrl=https://api.openai.com/v1, defaultModel=m, attempts=3,"
                                + " aliases=[]]");
    }

    private static OpenAiSettings settings(
            @Nullable String key, @Nullable String base, List<String> aliases, int attempts) {
        Duration second = Duration.ofSeconds(1);
        return new OpenAiSettings(
                key, base, "m", second, second, second, second, attempts, aliases);
    }

    private static ApplicationContext context(Map<String, Object> properties) {
        return ApplicationContext.builder()
                .properties(properties)
                .deduceEnvironment(false)
                .bootstrapEnvironment(false)
                .propertySources()
                .environments("settings-test")
                .start();
    }
}
