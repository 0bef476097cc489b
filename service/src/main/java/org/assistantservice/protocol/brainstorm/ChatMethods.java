package org.assistantservice.protocol.brainstorm;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.Router;
import java.util.Locale;
import org.assistantservice.server.OfProtocol;
import org.jspecify.annotations.Nullable;

/// What `/chat` answers where neither a WebSocket is opened nor another protocol has the path. The
/// framework takes the WebSocket for a route of its own, and would call every other GET a bad
/// request.
@ServerFilter("/chat")
@OfProtocol("brainstorm")
final class ChatMethods implements Ordered {
    private static final String NOT_FOUND = "{\"detail\":\"Not Found\"}";
    private static final String NOT_ALLOWED = "{\"detail\":\"Method Not Allowed\"}";

    private final Router router;

    ChatMethods(Router router) {
        this.router = router;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    @Nullable HttpResponse<?> answer(HttpRequest<?> request) {
        boolean hasPost = router.find(HttpMethod.POST, "/chat", request).findAny().isPresent();
        if (request.getMethod() == HttpMethod.POST) {
            return hasPost ? null : json(request, HttpStatus.NOT_FOUND, NOT_FOUND);
        }
        return isUpgrade(request)
                ? null
                : json(request, HttpStatus.METHOD_NOT_ALLOWED, NOT_ALLOWED)
                        // Without an upgrade nothing else is.
                        .header(HttpHeaders.ALLOW, hasPost ? "POST" : "");
    }

    private static boolean isUpgrade(HttpRequest<?> request) {
        String connection = String.join(",", request.getHeaders().getAll(HttpHeaders.CONNECTION));
        return request.getMethod() == HttpMethod.GET
                && "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }

    private static MutableHttpResponse<?> json(
            HttpRequest<?> request, HttpStatus status, String body) {
        return HttpResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(request.getMethod() == HttpMethod.HEAD ? "" : body);
    }
}
