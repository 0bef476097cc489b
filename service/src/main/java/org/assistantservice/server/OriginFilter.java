package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.List;

/// Refuses WebSockets that a browser opens for a page from elsewhere, unless that origin is
/// configured or the path is open to any. Programs send no origin and pass.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OriginFilter implements Ordered {
    private final ServerSettings settings;
    private final List<AnyOrigin> open;

    OriginFilter(ServerSettings settings, List<AnyOrigin> open) {
        this.settings = settings;
        this.open = List.copyOf(open);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin == null
                || !"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))
                || settings.allowedOrigins().contains(origin)
                || open.stream().anyMatch(it -> it.covers(request.getPath()))
                || isOurs(origin, request.getHeaders().get(HttpHeaders.HOST))) {
            return;
        }
        throw new Problem(HttpStatus.FORBIDDEN, "origin_not_allowed", "Origin is not allowed")
                .toException();
    }

    private static boolean isOurs(String origin, @org.jspecify.annotations.Nullable String host) {
        return host != null
                && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
