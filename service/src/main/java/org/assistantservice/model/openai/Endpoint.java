package org.assistantservice.model.openai;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.ScheduledExecutorService;
import org.assistantservice.model.ModelRequest;

/// What all calls of one client share.
///
/// @param timers runs short tasks only
record Endpoint(
        HttpClient http,
        OpenAiSettings settings,
        OpenAiLimits limits,
        ChatRequests requests,
        UpstreamGuard guard,
        ScheduledExecutorService timers) {

    HttpRequest http(ModelRequest request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(settings.endpoint())
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .header("User-Agent", "assistant-service")
                        .POST(BodyPublishers.ofByteArray(requests.body(request)));
        if (!settings.key().isEmpty()) {
            builder.header("Authorization", "Bearer " + settings.key());
        }
        return builder.build();
    }

    /// A watch that starts now.
    AttemptWatch watch() {
        return new AttemptWatch(timers, settings.firstByteTimeout(), settings.attemptTimeout());
    }

    /// The text without the key, should a provider have quoted it.
    String withoutKey(String text) {
        return settings.key().isEmpty() ? text : text.replace(settings.key(), "***");
    }
}
