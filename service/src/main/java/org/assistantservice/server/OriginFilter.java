package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Refuses WebSockets that a browser opens for a page from elsewhere, unless that origin is
/// configured or the protocol lets any in. Programs send no origin and pass.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OriginFilter implements Ordered {
    private final ServerSettings settings;
    private final Set<String> open = new HashSet<>();

    OriginFilter(ServerSettings settings, List<OpenSockets> protocols) {
        this.settings = settings;
        protocols.forEach(it -> it.paths().forEach(open::add));
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
                || open.contains(request.getPath())
                || settings.allowedOrigins().contains(origin)
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
