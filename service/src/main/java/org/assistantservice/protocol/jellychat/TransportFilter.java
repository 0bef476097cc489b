package org.assistantservice.protocol.jellychat;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;
import org.assistantservice.protocol.jellychat.engineio.EngineError;
import org.assistantservice.protocol.jellychat.engineio.EngineSessions;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.jspecify.annotations.Nullable;

/// Refuses requests of the transport that name no transport, version or session of ours, WebSocket
/// handshakes included.
@ServerFilter({JellyPaths.SOCKET, JellyPaths.SOCKET + "/"})
@OfProtocol("jellychat")
final class TransportFilter implements Ordered {
    static final String SESSION = "sid";
    static final String POLLING = "polling";
    static final String WEBSOCKET = "websocket";
    private static final String VERSION = "4";

    private final EngineSessions sessions;

    TransportFilter(EngineSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        return error(request).map(TransportFilter::refusal).orElse(null);
    }

    static HttpResponse<?> refusal(EngineError error) {
        return HttpResponse.badRequest(error.json()).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private Optional<EngineError> error(HttpRequest<?> request) {
        HttpParameters query = request.getParameters();
        String transport = query.get("transport");
        if (!POLLING.equals(transport) && !WEBSOCKET.equals(transport)) {
            return Optional.of(EngineError.TRANSPORT_UNKNOWN);
        }
        if (!VERSION.equals(query.get("EIO"))) {
            return Optional.of(EngineError.UNSUPPORTED_VERSION);
        }
        String id = query.get(SESSION);
        if (id != null && sessions.find(Caller.principal(request), id).isEmpty()) {
            return Optional.of(EngineError.SESSION_UNKNOWN);
        }
        if (id == null && request.getMethod() != HttpMethod.GET) {
            return Optional.of(EngineError.BAD_HANDSHAKE_METHOD);
        }
        boolean upgrades = WEBSOCKET.equalsIgnoreCase(request.getHeaders().get("Upgrade"));
        return upgrades == WEBSOCKET.equals(transport)
                ? Optional.empty()
                : Optional.of(EngineError.BAD_REQUEST);
    }
}
