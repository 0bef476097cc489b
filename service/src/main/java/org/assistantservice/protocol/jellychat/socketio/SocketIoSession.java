package org.assistantservice.protocol.jellychat.socketio;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.protocol.jellychat.engineio.Alarms;
import org.assistantservice.protocol.jellychat.engineio.EngineSession;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Goodbye;
import org.assistantservice.server.RateWindow;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.Timers.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One client on the namespace `/`: it connects, then sends events; each that wants an
/// acknowledgement gets an empty one. Whoever sends what is no packet, or an event before it has
/// connected, is closed. Events are told one at a time; what sends may be called by any thread.
public final class SocketIoSession implements EngineSession.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoSession.class);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ROOT = "/";

    private final EngineSession engine;
    private final String id;
    private final Handler handler;
    private final Timer connecting;
    private final RateWindow messages;
    private final ReentrantLock errorsLock = new ReentrantLock();
    private final RateWindow errors;
    private volatile boolean isConnected;

    /// @param id unlike the engine's: other clients may be told of it
    public SocketIoSession(EngineSession engine, String id, Handler handler, Rules rules) {
        this.engine = engine;
        this.id = id;
        this.handler = handler;
        this.connecting = rules.alarms().after(rules.connectTimeout(), engine::close);
        this.messages = new RateWindow(rules.rates().messagesPerSecond(), Duration.ofSeconds(1));
        this.errors = new RateWindow(rules.rates().errorsPerMinute(), Duration.ofMinutes(1));
    }

    /// What a client must keep to.
    ///
    /// @param connectTimeout how long it may take to connect to the namespace
    /// @param rates how many packets it may send, and how many of them may be refused
    public record Rules(Alarms alarms, Duration connectTimeout, SocketLimits rates) {}

    /// What the events mean. Must not block.
    public interface Handler {
        /// An event came.
        ///
        /// @param arguments the event's name, then its arguments
        void event(SocketIoSession session, ArrayNode arguments);

        /// A packet with binary attachments came; the session is closed next.
        void binary(SocketIoSession session);

        /// A packet came too soon after others; it is not told.
        void tooFast(SocketIoSession session);

        /// Once, last.
        void closed();
    }

    /// Sends an event with one argument. A client that is too slow for it is closed.
    public void emit(String event, ObjectNode argument) {
        if (isConnected) {
            engine.send(text(event, argument));
        }
    }

    /// Sends the event that ends an answer, however slow the client is.
    public void emitLast(String event, ObjectNode argument) {
        if (isConnected) {
            engine.sendLast(text(event, argument));
        }
    }

    /// Counts what was refused; who has too much of it is dropped.
    public void countError() {
        boolean isTooMuch;
        errorsLock.lock();
        try {
            isTooMuch = !errors.admits();
        } finally {
            errorsLock.unlock();
        }
        if (isTooMuch) {
            engine.drop(Goodbye.TOO_MANY_ERRORS);
        }
    }

    public void close() {
        engine.close();
    }

    @Override
    public void message(String data) {
        if (!messages.admits()) {
            handler.tooFast(this);
            return;
        }
        SocketPacket packet;
        try {
            packet = SocketPackets.read(data);
        } catch (MalformedPacketException e) {
            LOG.debug("A client sent what is no packet", e);
            engine.close();
            return;
        }
        switch (packet) {
            case SocketPacket.Connect connect -> connect(connect);
            case SocketPacket.Event event -> event(event);
            case SocketPacket.Binary _ -> {
                handler.binary(this);
                engine.close();
            }
            case SocketPacket.Disconnect(var namespace) -> disconnect(namespace);
            case SocketPacket.Ack _ -> {}
            case SocketPacket.ConnectError _ -> engine.close();
        }
    }

    @Override
    public void closed() {
        isConnected = false;
        connecting.cancel();
        handler.closed();
    }

    private void connect(SocketPacket.Connect asked) {
        if (!asked.namespace().equals(ROOT)) {
            JsonNode error = NODES.objectNode().put("message", "Invalid namespace");
            send(new SocketPacket.ConnectError(asked.namespace(), error));
            countError();
        } else if (isConnected) {
            engine.close();
        } else {
            connecting.cancel();
            isConnected = true;
            send(new SocketPacket.Connect(ROOT, NODES.objectNode().put("sid", id)));
        }
    }

    private void event(SocketPacket.Event event) {
        if (!isConnected || !event.namespace().equals(ROOT)) {
            engine.close();
            return;
        }
        Long ack = event.ack();
        if (ack != null) {
            send(new SocketPacket.Ack(ROOT, NODES.arrayNode(), ack));
        }
        handler.event(this, event.arguments());
    }

    private void disconnect(String namespace) {
        if (namespace.equals(ROOT)) {
            engine.drop(Goodbye.NORMAL);
        }
    }

    private static String text(String event, ObjectNode argument) {
        return SocketPackets.write(
                new SocketPacket.Event(ROOT, NODES.arrayNode().add(event).add(argument), null));
    }

    private void send(SocketPacket packet) {
        engine.send(SocketPackets.write(packet));
    }
}
