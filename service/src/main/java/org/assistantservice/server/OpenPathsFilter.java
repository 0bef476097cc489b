package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lets pages from everywhere call the paths that [OpenPaths] names, and answers what browsers ask
/// before they do.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OpenPathsFilter implements Ordered {
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9, -]{1,500}");
    private static final String DAY = "86400";

    private final List<OpenPaths> open;

    OpenPathsFilter(List<OpenPaths> open) {
        this.open = List.copyOf(open);
    }

    /// Outside the filters that may refuse a request: a browser asks without keys, and a page must
    /// be able to read why it was refused.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    @Nullable HttpResponse<?> before(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.OPTIONS
                || !request.getHeaders().contains(HttpHeaders.ORIGIN)
                || !isOpen(request.getPath())) {
            return null;
        }
        String wanted = request.getHeaders().get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        MutableHttpResponse<?> allowed =
                HttpResponse.ok()
                        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE")
                        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
        return wanted != null && NAMES.matcher(wanted).matches()
                ? allowed.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted)
                : allowed;
    }

    @ResponseFilter
    void after(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (isOpen(request.getPath())
                && !response.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                    .header(
                            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                            "X-Correlation-ID, X-Run-Id, Retry-After");
        }
    }

    private boolean isOpen(String path) {
        for (OpenPaths paths : open) {
            for (String prefix : paths.prefixes()) {
                if (path.equals(prefix) || path.startsWith(prefix + "/")) {
                    return true;
                }
            }
        }
        return false;
    }
}
