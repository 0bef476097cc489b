package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.assistantservice.server.StreamSlots.Slot;

/// What every WebSocket endpoint does with its sockets: gives them a place, keeps them alive, puts
/// their frames together to messages, and lets go of all that when they close. An endpoint hands
/// each call of the framework on. Never blocks; thread-safe.
@Singleton
public final class Sockets {
    private static final String STATE = "org.assistantservice.socket";
    private static final int NOT_UTF8 = 1007;
    private static final int TOO_LARGE = 1009;
    private static final int TRY_LATER = 1013;
    private static final int APPLICATION_CODES = 3000;
    private static final int NO_CODES = 5000;

    private final StreamSlots slots;
    private final ClientAddresses addresses;
    private final Timers timers;
    private final Draining draining;
    private final SocketLimits limits;
    private final ServerSettings settings;

    Sockets(
            StreamSlots slots,
            ClientAddresses addresses,
            Timers timers,
            Draining draining,
            SocketLimits limits,
            ServerSettings settings) {
        this.slots = slots;
        this.addresses = addresses;
        this.timers = timers;
        this.draining = draining;
        this.limits = limits;
        this.settings = settings;
    }

    /// A socket was opened; it is closed again where its client has too many.
    ///
    /// @param serving makes what serves it
    public void open(
            WebSocketSession session,
            HttpRequest<?> upgrade,
            Function<SocketWriter, SocketListener> serving) {
        SocketWriter writer = SocketWriter.of(upgrade, settings.streamBufferBytes());
        Optional<Slot> slot = place(upgrade);
        if (slot.isEmpty()) {
            writer.close(TRY_LATER, "Too many connections");
            return;
        }
        SocketListener listener = serving.apply(writer);
        SocketWatch watch = new SocketWatch(timers, limits, writer, listener);
        Runnable drain = listener::drain;
        Closing closing = new Closing(slot.get(), () -> draining.forget(drain));
        session.put(STATE, new State(listener, watch, new SocketMessages(), closing));
        watch.start();
        draining.tell(drain);
    }

    /// A frame came; it is released here.
    public void receive(WebSocketSession session, WebSocketFrame frame) {
        try {
            state(session).ifPresent(it -> it.receive(frame));
        } finally {
            frame.release();
        }
    }

    /// The client answered a ping.
    public void pong(WebSocketSession session) {
        state(session).ifPresent(it -> it.watch().pong());
    }

    /// The socket is gone, or its client said goodbye and waits for ours.
    public void close(WebSocketSession session, CloseReason reason) {
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
            SocketListener listener, SocketWatch watch, SocketMessages messages, Closing closing) {

        void receive(WebSocketFrame frame) {
            switch (messages.add(frame)) {
                case SocketMessages.Unfinished _ -> watch.fragment();
                case SocketMessages.Text(var text) -> {
                    watch.message();
                    listener.receive(text);
                }
                case SocketMessages.Binary _ -> listener.refuseBinary();
                case SocketMessages.TooLarge _ -> watch.close(TOO_LARGE, "Message is too large");
                case SocketMessages.NotUtf8 _ -> watch.close(NOT_UTF8, "Message is not UTF-8");
            }
        }

        void close() {
            watch.stop();
            listener.close();
            closing.close();
        }
    }
}
