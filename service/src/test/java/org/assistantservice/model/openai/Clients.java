package org.assistantservice.model.openai;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;

/// Clients and requests for the tests of this package.
final class Clients {
    static final String KEY = "sk-test-0123456789";
    static final CorrelationId CORRELATION = new CorrelationId("test-0001");
    static final ToolSpec WEATHER =
            new ToolSpec(
                    "get_weather",
                    "Current weather for a city.",
                    "{\"type\":\"object\",\"properties\":{\"location\":{\"type\":\"string\"}}}",
                    true);

    /// Retries within milliseconds.
    static final OpenAiResilience QUICK =
            new OpenAiResilience(
                    Duration.ofMillis(1),
                    Duration.ofMillis(4),
                    Duration.ofSeconds(2),
                    10,
                    10,
                    50,
                    20,
                    Duration.ofSeconds(10),
                    2_000);

    private Clients() {}

    static OpenAiModelClient of(URI baseUrl) {
        return of(settings(baseUrl), QUICK);
    }

    static OpenAiModelClient of(OpenAiSettings settings, OpenAiResilience resilience) {
        return new OpenAiModelClient(
                settings, OpenAiDialect.DEFAULT, OpenAiLimits.DEFAULT, resilience);
    }

    static OpenAiSettings settings(URI baseUrl) {
        return settings(baseUrl, Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    /// @param silence longest time until the first byte, and between two reads
    static OpenAiSettings settings(URI baseUrl, Duration silence, Duration total) {
        return new OpenAiSettings(
                KEY,
                baseUrl.toString(),
                "default-model",
                Duration.ofSeconds(3),
                silence,
                silence,
                total,
                3,
                List.of("gpt-4o=local/qwen3"));
    }

    static ModelRequest asking(String text) {
        return new ModelRequest(
                "test-model",
                "Be brief.",
                List.of(new ModelMessage.User(text)),
                List.of(),
                Sampling.DEFAULT,
                CORRELATION);
    }
}
