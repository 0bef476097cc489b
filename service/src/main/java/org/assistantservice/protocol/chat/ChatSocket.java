package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketPongMessage;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.Sockets;

/// WebSocket `/ws/chat`: many messages on one connection, answered one after the other. Its methods
/// are called on the connection's own thread and never block.
@ServerWebSocket("/ws/chat")
@OfProtocol("chat")
final class ChatSocket {
    private final SocketTurns turns;
    private final Sockets sockets;
    private final SocketLimits limits;

    ChatSocket(SocketTurns turns, Sockets sockets, SocketLimits limits) {
        this.turns = turns;
        this.sockets = sockets;
        this.limits = limits;
    }

    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> request) {
        sockets.open(
                session,
                request,
                writer ->
                        new SocketConversation(
                                turns,
                                writer,
                                Caller.principal(request),
                                Caller.correlationId(request),
                                limits));
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
