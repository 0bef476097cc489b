package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.regex.Pattern;

/// Refuses a WebSocket whose handshake is no GET, or has no key as RFC 6455 wants it: otherwise the
/// caller is never answered.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class HandshakeFilter implements Ordered {
    /// 16 bytes in Base64.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))) {
            return;
        }
        String key = request.getHeaders().get(HttpHeaders.SEC_WEBSOCKET_KEY);
        if (request.getMethod() != HttpMethod.GET || key == null || !KEY.matcher(key).matches()) {
            throw new Problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid_handshake",
                            "Not a handshake of a WebSocket")
                    .toException();
        }
    }
}
