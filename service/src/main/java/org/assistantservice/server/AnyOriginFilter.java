package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells browsers that pages of any origin may call the paths of [AnyOrigin], and answers what they
/// ask before (`OPTIONS`), which carries no key.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AnyOriginFilter implements Ordered {
    private static final String DAY = "86400";
    private static final String HEADERS =
            "Content-Type, Authorization, X-API-Key, X-Correlation-ID";

    private final List<AnyOrigin> open;

    AnyOriginFilter(List<AnyOrigin> open) {
        this.open = List.copyOf(open);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    @Nullable HttpResponse<?> preflight(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.OPTIONS || !isOpen(request)) {
            return null;
        }
        return allowing(HttpResponse.status(HttpStatus.NO_CONTENT))
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
    }

    @ResponseFilter
    void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (isOpen(request)) {
            allowing(response);
        }
    }

    private boolean isOpen(HttpRequest<?> request) {
        return open.stream().anyMatch(it -> it.covers(request.getPath()));
    }

    private static <T> MutableHttpResponse<T> allowing(MutableHttpResponse<T> response) {
        response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.getHeaders()
                .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, CorrelationFilter.HEADER);
        return response;
    }
}
