package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses what a browser asks for a page from elsewhere, unless that origin is configured or the
/// path is open to any: WebSockets always, other requests where the service runs on the user's own
/// machine, whose pages could otherwise reach a service that nobody else can. Programs send no
/// origin and pass.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OriginFilter implements Ordered {
    private static final Pattern LOCAL =
            Pattern.compile("([a-z]+:)?//(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

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
        String host = request.getHeaders().get(HttpHeaders.HOST);
        if (origin == null || isWelcome(origin, host, request.getPath())) {
            return;
        }
        boolean isSocket =
                "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE));
        if (isSocket || (isLocal("//" + host) && !isLocal(origin))) {
            throw new Problem(HttpStatus.FORBIDDEN, "origin_not_allowed", "Origin is not allowed")
                    .toException();
        }
    }

    private boolean isWelcome(String origin, @Nullable String host, String path) {
        return settings.allowedOrigins().contains(origin)
                || open.stream().anyMatch(it -> it.covers(path))
                || isOurs(origin, host);
    }

    private static boolean isLocal(String address) {
        return LOCAL.matcher(address).matches();
    }

    private static boolean isOurs(String origin, @Nullable String host) {
        return host != null
                && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
