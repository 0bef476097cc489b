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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What browsers may ask for pages from elsewhere (CORS). What [CrossOriginPaths] names is open to
/// pages of any origin, all else to pages of the configured origins, both without credentials. Of
/// all else, a page of another origin may open no WebSocket, and ask for nothing at all where the
/// service runs on the user's own machine: such pages could otherwise reach a service that nobody
/// else can. Programs send no origin and pass.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CrossOriginFilter implements Ordered {
    private static final Pattern LOCAL =
            Pattern.compile("([a-z]+:)?//(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9, -]{1,500}");
    private static final String DAY = "86400";
    private static final String ANY = "*";

    private final Set<String> origins;
    private final List<String> paths = new ArrayList<>();
    private final Set<String> sockets = new HashSet<>();

    CrossOriginFilter(ServerSettings settings, List<CrossOriginPaths> open) {
        this.origins = Set.copyOf(settings.allowedOrigins());
        for (CrossOriginPaths its : open) {
            its.paths().forEach(paths::add);
            its.sockets().forEach(sockets::add);
        }
    }

    /// Outside the filters that look at keys, inside those that give errors their form: a browser
    /// asks for permission without a key, and a page must be able to read why it was refused.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.after();
    }

    @RequestFilter
    @Nullable HttpResponse<?> enter(HttpRequest<?> request) {
        String allowed = allowed(request);
        if (allowed != null) {
            return request.getMethod() == HttpMethod.OPTIONS ? permission(request, allowed) : null;
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        String host = request.getHeaders().get(HttpHeaders.HOST);
        if (origin != null
                && !isOurs(origin, host)
                && (isSocket(request) || (isLocal("//" + host) && !isLocal(origin)))) {
            throw new Problem(HttpStatus.FORBIDDEN, "origin_not_allowed", "Origin is not allowed")
                    .toException();
        }
        return null;
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
        String allowed = allowed(request);
        if (allowed != null) {
            allowing(response, allowed);
        } else if (!origins.isEmpty()) {
            // No cache may give this answer to a page that could read its own.
            response.getHeaders().set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
    }

    /// Whose pages may read the answer, as the header says it; null if no others than our own.
    private @Nullable String allowed(HttpRequest<?> request) {
        if (isOpen(request)) {
            return ANY;
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        return origin != null && origins.contains(origin) ? origin : null;
    }

    private static MutableHttpResponse<?> allowing(
            MutableHttpResponse<?> response, String allowed) {
        response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        if (!allowed.equals(ANY)) {
            response.getHeaders().set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        response.getHeaders()
                .set(
                        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                        "X-Correlation-ID, X-Run-Id, Retry-After");
        return response;
    }

    private static MutableHttpResponse<?> permission(HttpRequest<?> request, String allowed) {
        MutableHttpResponse<?> permission =
                allowing(HttpResponse.noContent(), allowed)
                        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE")
                        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
        String wanted = request.getHeaders().get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        return wanted != null && HEADER_NAMES.matcher(wanted).matches()
                ? permission.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted)
                : permission;
    }

    private boolean isOpen(HttpRequest<?> request) {
        String path = request.getPath();
        if (isSocket(request) && sockets.contains(path)) {
            return true;
        }
        for (String open : paths) {
            if (path.startsWith(open)
                    && (path.length() == open.length() || path.charAt(open.length()) == '/')) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSocket(HttpRequest<?> request) {
        return "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE));
    }

    private static boolean isLocal(String address) {
        return LOCAL.matcher(address).matches();
    }

    private static boolean isOurs(String origin, @Nullable String host) {
        return host != null
                && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
