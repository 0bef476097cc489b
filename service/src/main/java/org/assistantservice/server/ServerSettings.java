package org.assistantservice.server;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all routes share; configured under `assistant-service.server`.
///
/// @param trustedProxies addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-For` counts
/// @param allowedOrigins browser origins besides our own whose pages may use what is not open to
///   pages of any origin, e.g. `https://app.example.com`
/// @param apiKeys `<name>:<key>` each; when there is one, every request must carry one of them
/// @param maxStreams open event streams and WebSockets together
/// @param streamBufferBytes what may wait for one slow reader
/// @param bodyTimeout how long one request body may take to arrive
@ConfigurationProperties("assistant-service.server")
public record ServerSettings(
        @Nullable List<String> trustedProxies,
        @Nullable List<String> allowedOrigins,
        @Nullable List<String> apiKeys,
        @Bindable(defaultValue = "5000") @Positive int maxStreams,
        @Bindable(defaultValue = "262144") @Positive int streamBufferBytes,
        @Bindable(defaultValue = "30s") Duration bodyTimeout) {

    public static final ServerSettings DEFAULT =
            new ServerSettings(null, null, null, 5000, 262_144, Duration.ofSeconds(30));

    public ServerSettings {
        trustedProxies = cleaned(trustedProxies);
        allowedOrigins = cleaned(allowedOrigins);
        apiKeys = cleaned(apiKeys);
    }

    @Override
    public List<String> trustedProxies() {
        return cleaned(trustedProxies);
    }

    @Override
    public List<String> allowedOrigins() {
        return cleaned(allowedOrigins);
    }

    @Override
    public List<String> apiKeys() {
        return cleaned(apiKeys);
    }

    /// Without the keys: they are secrets.
    @Override
    public String toString() {
        return "ServerSettings[trustedProxies=%s, allowedOrigins=%s, maxStreams=%d]"
                .formatted(trustedProxies, allowedOrigins, maxStreams);
    }

    static List<String> cleaned(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .flatMap(it -> Stream.of(it.split(",", -1)))
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .toList();
    }
}
