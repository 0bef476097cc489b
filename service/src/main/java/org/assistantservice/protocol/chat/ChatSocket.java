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
import java.util.Optional;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientAddresses;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.ProblemException;
import org.assistantservice.server.ServerSettings;
import org.assistantservice.server.SocketWriter;
import org.assistantservice.server.StreamSlots;
import org.assistantservice.server.StreamSlots.Slot;
import org.assistantservice.server.Timers;

/// WebSocket `/ws/chat`: many messages on one connection, answered one after the other. Its methods
/// are called on the connection's own thread and never block.
@ServerWebSocket("/ws/chat")
@OfProtocol("chat")
final class ChatSocket {
    private static final String STATE = "org.assistantservice.chat";
    private static final int TRY_LATER = 1013;
    private static final int APPLICATION_CODES = 3000;
    private static final int NO_CODES = 5000;

    private final SocketTurns turns;
    private final StreamSlots slots;
    private final ClientAddresses addresses;
    private final Timers timers;
    private final SocketLimits limits;
    private final ServerSettings settings;

    ChatSocket(
            SocketTurns turns,
            StreamSlots slots,
            ClientAddresses addresses,
            Timers timers,
            SocketLimits limits,
            ServerSettings settings) {
        this.turns = turns;
        this.slots = slots;
        this.addresses = addresses;
        this.timers = timers;
        this.limits = limits;
        this.settings = settings;
    }

    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> request) {
        SocketWriter writer = SocketWriter.of(request, settings.streamBufferBytes());
        Optional<Slot> slot = place(request);
        if (slot.isEmpty()) {
            writer.close(TRY_LATER, "Too many connections");
            return;
        }
        SocketConversation conversation =
                new SocketConversation(
                        turns,
                        writer,
                        Caller.principal(request),
                        Caller.correlationId(request),
                        limits);
        SocketWatch watch = new SocketWatch(timers, limits, writer, conversation);
        Runnable drain = conversation::drain;
        Closing closing = new Closing(slot.get(), () -> turns.draining().forget(drain));
        session.put(STATE, new State(conversation, watch, new SocketMessages(), closing));
        watch.start();
        turns.draining().tell(drain);
    }

    @OnMessage(maxPayloadLength = SocketLimits.MAX_MESSAGE_BYTES)
    void message(WebSocketFrame frame, WebSocketSession session) {
        try {
            state(session).ifPresent(it -> it.receive(frame));
        } finally {
            frame.release();
        }
    }

    @OnMessage
    void pong(WebSocketPongMessage pong, WebSocketSession session) {
        state(session).ifPresent(it -> it.watch().pong());
    }

    @OnClose
    void close(WebSocketSession session, CloseReason reason) {
        state(session).ifPresent(State::close);
        if (isClients(reason.getCode()) && session.isOpen()) {
            session.close(new CloseReason(reason.getCode(), ""));
        }
    }

    /// The codes that a client may say goodbye with. The framework leaves the answer to us.
    private static boolean isClients(int code) {
        return code == CloseReason.NORMAL.getCode()
                || code == CloseReason.GOING_AWAY.getCode()
                || (code >= APPLICATION_CODES && code < NO_CODES);
    }

    private Optional<Slot> place(HttpRequest<?> request) {
        try {
            return slots.take("ws " + addresses.of(request), limits.maxSocketsPerClient());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<State> state(WebSocketSession session) {
        return session.get(STATE, State.class);
    }

    /// What is given back when the socket is gone.
    private record Closing(Slot slot, Runnable forget) {
        void close() {
            forget.run();
            slot.close();
        }
    }

    private record State(
            SocketConversation conversation,
            SocketWatch watch,
            SocketMessages messages,
            Closing closing) {

        void receive(WebSocketFrame frame) {
            switch (messages.add(frame)) {
                case SocketMessages.Unfinished _ -> watch.fragment();
                case SocketMessages.Text(var text) -> {
                    watch.message();
                    conversation.receive(text);
                }
                case SocketMessages.Binary _ -> conversation.refuseBinary();
                case SocketMessages.TooLarge _ -> watch.close(1009, "Message is too large");
                case SocketMessages.NotUtf8 _ -> watch.close(1007, "Message is not UTF-8");
            }
        }

        void close() {
            watch.stop();
            conversation.close();
            closing.close();
        }
    }
}
