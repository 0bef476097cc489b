package org.assistantservice.model.openai;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelRequest;

/// Streams turns from an endpoint that speaks Chat Completions. Thread-safe.
///
/// Each call runs on its own virtual thread, which is also the listener's. A call passes a breaker
/// and a bulkhead, is tried again only while the listener has heard nothing of it, and is bounded
/// in time and size. Redirects and cookies are off.
public final class OpenAiModelClient implements ModelClient, AutoCloseable {
    private final Endpoint endpoint;
    private final ExecutorService httpThreads;
    private final ScheduledThreadPoolExecutor timers;
    private final Set<OpenAiCall> live = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// Fails if `settings` has problems; see [OpenAiSettings#problems].
    public OpenAiModelClient(
            OpenAiSettings settings,
            OpenAiDialect dialect,
            OpenAiLimits limits,
            OpenAiResilience resilience) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", settings.problems()));
        }
        httpThreads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("model-http-", 0).factory());
        timers =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("model-timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        HttpClient http =
                HttpClient.newBuilder()
                        .version(Version.HTTP_1_1)
                        .followRedirects(Redirect.NEVER)
                        .connectTimeout(settings.connectTimeout())
                        .executor(httpThreads)
                        .build();
        endpoint =
                new Endpoint(
                        http,
                        settings,
                        limits,
                        new ChatRequests(settings, dialect),
                        new UpstreamGuard(resilience, settings),
                        timers);
    }

    @Override
    public ModelCall start(ModelRequest request, ModelListener listener) {
        OpenAiCall call = new OpenAiCall(endpoint, request, listener);
        live.add(call);
        if (closed) {
            call.stop("The model client is closed");
        }
        Thread.ofVirtual().name("model-call").start(() -> run(call));
        return call;
    }

    /// Fails the calls under way, and closes all connections.
    @Override
    public void close() {
        closed = true;
        live.forEach(call -> call.stop("The model client was closed"));
        endpoint.http().shutdownNow();
        timers.shutdownNow();
        httpThreads.shutdown();
    }

    /// Calls that have not ended.
    int liveCalls() {
        return live.size();
    }

    private void run(OpenAiCall call) {
        try {
            call.run();
        } finally {
            live.remove(call);
        }
    }
}
