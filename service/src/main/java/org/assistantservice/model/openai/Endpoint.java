package org.assistantservice.model.openai;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.openai.http.HttpConnections;
import org.assistantservice.model.openai.http.Post;

/// What all calls of one client share.
///
/// @param timers runs short tasks only
record Endpoint(
        HttpConnections http,
        OpenAiSettings settings,
        OpenAiLimits limits,
        ChatRequests requests,
        UpstreamGuard guard,
        ScheduledExecutorService timers) {

    /// What is sent to ask this.
    Post post(ModelRequest request) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "text/event-stream");
        headers.put("User-Agent", "assistant-service");
        if (!settings.key().isEmpty()) {
            headers.put("Authorization", "Bearer " + settings.key());
        }
        return new Post(headers, requests.body(request));
    }

    /// A watch that starts now.
    AttemptWatch watch() {
        return new AttemptWatch(
                timers,
                settings.firstByteTimeout(),
                settings.idleTimeout(),
                settings.attemptTimeout());
    }

    /// The text without the key, should a provider have quoted it.
    String withoutKey(String text) {
        return settings.key().isEmpty() ? text : text.replace(settings.key(), "***");
    }
}
