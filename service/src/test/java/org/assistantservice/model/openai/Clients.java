package org.assistantservice.model.openai;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
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

    /// A single event loop, as on one core: what blocks it is found out.
    private static final EventLoopGroup LOOP =
            new MultiThreadIoEventLoopGroup(
                    1,
                    Thread.ofPlatform().daemon().name("test-loop-", 0).factory(),
                    NioIoHandler.newFactory());

    private Clients() {}

    static Bootstrap bootstrap() {
        return new Bootstrap().group(LOOP).channel(NioSocketChannel.class);
    }

    static OpenAiModelClient of(URI baseUrl) {
        return of(settings(baseUrl), QUICK);
    }

    static OpenAiModelClient of(OpenAiSettings settings, OpenAiResilience resilience) {
        return new OpenAiModelClient(
                settings, OpenAiDialect.DEFAULT, OpenAiLimits.DEFAULT, resilience, bootstrap());
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
