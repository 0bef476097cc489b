package org.assistantservice.protocol.jellychat;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;
import org.assistantservice.protocol.jellychat.JellyClients.Places;
import org.assistantservice.protocol.jellychat.engineio.EngineException;
import org.assistantservice.protocol.jellychat.engineio.EngineLimits;
import org.assistantservice.protocol.jellychat.engineio.EnginePacket;
import org.assistantservice.protocol.jellychat.engineio.EngineSession;
import org.assistantservice.protocol.jellychat.engineio.EngineSessions;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.ProblemException;
import org.assistantservice.server.SocketWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// WebSocket: a client's session from its beginning, or from the upgrade of one that began with
/// long-polling. Its methods are called on the connection's own thread and never block.
///
/// The path is written as a pattern so that the route of long-polling, which has the same path, is
/// the closer one for all that is no handshake.
@ServerWebSocket("/{path:socket\\.io}")
@OfProtocol("jellychat")
final class SocketIoSocket {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoSocket.class);
    private static final String STATE = "org.assistantservice.jellychat";
    private static final int TRY_LATER = 1013;
    private static final int UNSUPPORTED = 1003;
    private static final int POLICY = 1008;

    private final JellyClients clients;
    private final EngineSessions sessions;
    private final EngineLimits limits;
    private final Places places;

    SocketIoSocket(
            JellyClients clients, EngineSessions sessions, EngineLimits limits, Places places) {
        this.clients = clients;
        this.sessions = sessions;
        this.limits = limits;
        this.places = places;
    }

    @OnOpen
    void open(WebSocketSession socket, HttpRequest<?> request) {
        SocketOutlet outlet =
                new SocketOutlet(SocketWriter.of(request, limits.maxQueuedCharacters()));
        Optional<EngineSession> session = session(request, outlet);
        if (session.isPresent()) {
            socket.put(STATE, state(session.get(), outlet));
        } else {
            outlet.close(TRY_LATER, "Too many connections");
        }
    }

    @OnMessage(maxPayloadLength = EngineLimits.MAX_PAYLOAD)
    void message(WebSocketFrame frame, WebSocketSession socket) {
        try {
            state(socket).ifPresent(it -> it.receive(frame));
        } finally {
            frame.release();
        }
    }

    @OnClose
    void close(WebSocketSession socket, CloseReason reason) {
        state(socket).ifPresent(State::leave);
        if (socket.isOpen()) {
            socket.close(CloseReason.NORMAL);
        }
        LOG.debug("A client's WebSocket closed: {}", reason);
    }

    private Optional<EngineSession> session(HttpRequest<?> request, SocketOutlet outlet) {
        String id = request.getParameters().get(TransportFilter.SESSION);
        if (id != null) {
            return sessions.find(Caller.principal(request), id).filter(it -> it.attach(outlet));
        }
        try {
            return clients.open(request, outlet);
        } catch (ProblemException e) {
            LOG.debug("A client's WebSocket is one too many", e);
            return Optional.empty();
        }
    }

    private State state(EngineSession session, SocketOutlet outlet) {
        FrameParts parts =
                new FrameParts(
                        places.timers()::after,
                        places.sockets().fragmentTimeout(),
                        () -> {
                            outlet.close(POLICY, "Message was never finished");
                            session.detach(outlet);
                        });
        return new State(session, outlet, parts);
    }

    private static Optional<State> state(WebSocketSession socket) {
        return socket.get(STATE, State.class);
    }

    private record State(EngineSession session, SocketOutlet outlet, FrameParts parts) {
        void leave() {
            parts.close();
            session.detach(outlet);
        }

        void receive(WebSocketFrame frame) {
            try {
                String text = parts.add(frame);
                if (text != null) {
                    session.receive(outlet, EnginePacket.parse(text));
                }
            } catch (FrameParts.RefusedException e) {
                outlet.close(e.code(), e.reason());
                session.detach(outlet);
            } catch (EngineException e) {
                outlet.close(UNSUPPORTED, "Not a packet");
                session.detach(outlet);
            }
        }
    }
}
