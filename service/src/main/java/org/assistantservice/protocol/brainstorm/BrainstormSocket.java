package org.assistantservice.protocol.brainstorm;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketPongMessage;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.assistantservice.protocol.brainstorm.BrainstormTurns.Asker;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.Sockets;

/// WebSocket `/chat`: many chats on one connection. Its methods are called on the connection's own
/// thread and never block. Pages from anywhere may open it, see [BrainstormPages].
@ServerWebSocket("/chat")
@OfProtocol("brainstorm")
final class BrainstormSocket {
    private final BrainstormTurns turns;
    private final Sockets sockets;
    private final SocketLimits limits;
    private final BrainstormSettings settings;

    BrainstormSocket(
            BrainstormTurns turns,
            Sockets sockets,
            SocketLimits limits,
            BrainstormSettings settings) {
        this.turns = turns;
        this.sockets = sockets;
        this.limits = limits;
        this.settings = settings;
    }

    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> request) {
        Asker opener = new Asker(Caller.principal(request), Caller.correlationId(request));
        sockets.open(
                session,
                request,
                writer -> new SocketChats(turns, writer, opener, limits, settings));
    }

    @OnMessage(maxPayloadLength = SocketLimits.MAX_MESSAGE_BYTES)
    void message(WebSocketFrame frame, WebSocketSession session) {
        sockets.receive(session, frame);
    }

    @OnMessage
    void pong(WebSocketPongMessage pong, WebSocketSession session) {
        sockets.pong(session);
    }

    @OnClose
    void close(WebSocketSession session, CloseReason reason) {
        sockets.close(session, reason);
    }
}
