package org.assistantservice.protocol.jellychat.socketio;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// One packet of Socket.IO 5.
public sealed interface SocketPacket {
    /// What it belongs to; `/` unless the packet says otherwise.
    String namespace();

    /// A client wants to connect, or may.
    ///
    /// @param data of the client's `auth` option, or what the server tells it; null for nothing
    record Connect(String namespace, @Nullable JsonNode data) implements SocketPacket {}

    record Disconnect(String namespace) implements SocketPacket {}

    /// An event.
    ///
    /// @param arguments the event's name, then its arguments
    /// @param ack what to acknowledge it with, or null
    record Event(String namespace, ArrayNode arguments, @Nullable Long ack)
            implements SocketPacket {
        public String name() {
            return arguments.get(0).stringValue();
        }
    }

    record Ack(String namespace, ArrayNode arguments, long id) implements SocketPacket {}

    record ConnectError(String namespace, JsonNode data) implements SocketPacket {}

    /// An event or acknowledgement with attachments, which are not supported.
    record Binary(String namespace) implements SocketPacket {}
}
