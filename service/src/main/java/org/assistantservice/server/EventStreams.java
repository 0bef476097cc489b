package org.assistantservice.server;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import org.assistantservice.run.RunStreams;

/// Answers requests with server-sent events of a run. Thread-safe.
@Singleton
public final class EventStreams {
    private static final String TYPE = "text/event-stream; charset=utf-8";

    private final RunStreams streams;
    private final Timers timers;
    private final ServerSettings settings;

    public EventStreams(RunStreams streams, Timers timers, ServerSettings settings) {
        this.streams = streams;
        this.timers = timers;
        this.settings = settings;
    }

    /// A response that carries the run's events after the ordered place until the run is over.
    /// Blocks while stored events are read.
    ///
    /// @throws org.assistantservice.run.RunException as [RunStreams#subscribe] does
    public MutableHttpResponse<?> open(StreamOrder order) {
        RunStream stream = new RunStream(order, streams, timers, settings.streamBufferBytes());
        stream.open();
        MutableHttpResponse<?> response = HttpResponse.ok(stream);
        response.header("X-Correlation-ID", order.context().correlationId().value());
        return withHeaders(response);
    }

    /// A whole event-stream body at once, e.g. for a refusal that event-stream readers understand.
    public static MutableHttpResponse<byte[]> whole(byte[] frames) {
        return withHeaders(HttpResponse.ok(frames));
    }

    private static <T> MutableHttpResponse<T> withHeaders(MutableHttpResponse<T> response) {
        return response.header(HttpHeaders.CONTENT_TYPE, TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                .header("X-Accel-Buffering", "no")
                .header(HttpHeaders.CONNECTION, "keep-alive")
                .header("X-Content-Type-Options", "nosniff");
    }
}
