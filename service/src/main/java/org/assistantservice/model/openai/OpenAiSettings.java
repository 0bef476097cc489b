package org.assistantservice.model.openai;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The model endpoint and how long to wait for it; configured under `assistant-service.model`.
///
/// @param apiKey sent as bearer token; null or blank sends none, as most local servers want it
/// @param baseUrl up to and with the version, e.g. `http://localhost:11434/v1`; null or blank is
///   OpenAI's own; a query (`?api-version=…`) is kept
/// @param defaultModel sent when a request names no model
/// @param firstByteTimeout until the head of an answer
/// @param idleTimeout between two reads of a stream
/// @param attemptTimeout for one attempt as a whole
/// @param attempts how often a call is tried, the first time included
/// @param aliases `requested=sent`, e.g. `gpt-4o=local/qwen3`: names that the endpoint knows by
///   another
@ConfigurationProperties("assistant-service.model")
public record OpenAiSettings(
        @Nullable String apiKey,
        @Nullable String baseUrl,
        @Bindable(defaultValue = "gpt-4-turbo-preview") String defaultModel,
        @Bindable(defaultValue = "3s") Duration connectTimeout,
        @Bindable(defaultValue = "120s") Duration firstByteTimeout,
        @Bindable(defaultValue = "120s") Duration idleTimeout,
        @Bindable(defaultValue = "5m") Duration attemptTimeout,
        @Bindable(defaultValue = "3") @Positive int attempts,
        @Bindable(defaultValue = "") List<String> aliases) {
    private static final String OPENAI = "https://api.openai.com/v1";

    public OpenAiSettings {
        aliases = aliases.stream().filter(alias -> !alias.isBlank()).toList();
    }

    /// What an operator must change before the client can start, one sentence each.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!isEndpoint(base())) {
            problems.add(
                    "assistant-service.model.base-url (OPENAI_BASE_URL) must be an http or https URL"
                            + " but was '%s': use e.g. http://localhost:11434/v1"
                                    .formatted(base()));
        }
        if (!key().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            problems.add(
                    "assistant-service.model.api-key (OPENAI_API_KEY) must be printable ASCII without"
                            + " spaces: copy the key again");
        }
        for (String alias : aliases()) {
            if (alias.indexOf('=') < 1 || alias.endsWith("=")) {
                problems.add(
                        "assistant-service.model.aliases must be 'requested=sent' but was '%s'"
                                .formatted(alias));
            }
        }
        return problems;
    }

    /// Names as requested → as sent.
    Map<String, String> aliasMap() {
        Map<String, String> map = new TreeMap<>();
        for (String alias : aliases()) {
            int equals = alias.indexOf('=');
            map.put(alias.substring(0, equals).strip(), alias.substring(equals + 1).strip());
        }
        return map;
    }

    /// The URL that takes chat completions.
    URI endpoint() {
        URI base = URI.create(base());
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return base.resolve(path.replaceFirst("/+$", "") + "/chat/completions" + query);
    }

    /// The key, or an empty text if there is none.
    String key() {
        return apiKey == null ? "" : apiKey.strip();
    }

    private String base() {
        return baseUrl == null || baseUrl.isBlank() ? OPENAI : baseUrl.strip();
    }

    private static boolean isEndpoint(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// Everything but the key.
    @Override
    public String toString() {
        return "OpenAiSettings[baseUrl=%s, defaultModel=%s, attempts=%d, aliases=%s]"
                .formatted(base(), defaultModel, attempts, aliases);
    }
}
