package org.assistantservice.server;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.body.stream.BodySizeLimits;
import java.io.OutputStream;

/// Hands a stream's chunks to its connection as they are, each flushed at once: no chain of
/// operators and no event objects of the framework between. It is a filter because the framework
/// gives every response the writer of its route's type, which is JSON, after the route was called.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RunStreamWriter implements ResponseBodyWriter<RunStream> {
    @ResponseFilter
    @SuppressWarnings("unchecked")
    void write(MutableHttpResponse<?> response) {
        if (response.body() instanceof RunStream) {
            ((MutableHttpResponse<RunStream>) response).bodyWriter(this);
        }
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<RunStream> type,
            MediaType mediaType,
            RunStream stream) {
        return bodies.adapt(stream.chunks(), BodySizeLimits.UNLIMITED, null, stream::close);
    }

    @Override
    public void writeTo(
            Argument<RunStream> type,
            MediaType mediaType,
            RunStream stream,
            MutableHeaders headers,
            OutputStream out) {
        throw new UnsupportedOperationException("A run's stream is never written at once");
    }
}
