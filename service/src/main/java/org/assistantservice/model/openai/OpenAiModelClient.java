package org.assistantservice.model.openai;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.openai.http.HttpConnections;

/// Streams turns from an endpoint that speaks Chat Completions. Thread-safe.
///
/// Each call has a virtual thread of its own, which waits for the answer. The answer itself is
/// read, and the listener told, on the event loop of its connection. A call passes a breaker and a
/// bulkhead, is tried again only while the listener has heard nothing of it, and is bounded in time
/// and size. Redirects and cookies are off.
public final class OpenAiModelClient implements ModelClient, AutoCloseable {
    private final Endpoint endpoint;
    private final Set<OpenAiCall> live = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// Fails if `settings` has problems; see [OpenAiSettings#problems].
    ///
    /// @param bootstrap the event loops that carry the connections, which stay the caller's, and
    ///   the kind of channel that goes with them
    public OpenAiModelClient(
            OpenAiSettings settings,
            OpenAiDialect dialect,
            OpenAiLimits limits,
            OpenAiResilience resilience,
            Bootstrap bootstrap) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", settings.problems()));
        }
        EventLoopGroup loops = bootstrap.config().group();
        endpoint =
                new Endpoint(
                        HttpConnections.to(
                                settings.endpoint(),
                                bootstrap,
                                settings.connectTimeout(),
                                resilience.maxConcurrentCalls()),
                        settings,
                        limits,
                        new ChatRequests(settings, dialect),
                        new UpstreamGuard(resilience, settings),
                        loops);
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
        endpoint.http().close();
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
