package org.assistantservice.server;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Map;
import org.assistantservice.identity.CorrelationId;

/// Gives every request its correlation id: the caller's if valid, else a new one. It stands in the
/// request's attributes, in the log context and in a header of every response; a response that has
/// the header already, because it continues an earlier request, keeps it.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CorrelationFilter implements Ordered {
    static final String HEADER = "X-Correlation-ID";
    private static final String REQUEST_ID = "x-request-id";

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.before();
    }

    @RequestFilter
    void enter(HttpRequest<?> request, MutablePropagatedContext context) {
        CorrelationId id = CorrelationId.fromHeader(request.getHeaders().get(HEADER));
        request.setAttribute(Caller.CORRELATION, id);
        context.add(new MdcPropagationContext(Map.of("correlation_id", id.value())));
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
        String id = Caller.correlationId(request).value();
        if (!response.getHeaders().contains(HEADER)) {
            response.header(HEADER, id);
        }
        if (!response.getHeaders().contains(REQUEST_ID)) {
            response.header(REQUEST_ID, id);
        }
    }
}
