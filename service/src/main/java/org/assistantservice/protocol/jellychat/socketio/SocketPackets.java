package org.assistantservice.protocol.jellychat.socketio;

import org.assistantservice.server.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes and reads packets: a digit for the type, the namespace and a comma unless it is `/`, the
/// number to acknowledge with if there is one, and JSON, e.g. `2/x,7["hello",1]`. Pure.
public final class SocketPackets {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROOT = "/";
    private static final char CONNECT = '0';
    private static final char DISCONNECT = '1';
    private static final char EVENT = '2';
    private static final char ACK = '3';
    private static final char CONNECT_ERROR = '4';
    private static final char BINARY_EVENT = '5';
    private static final char BINARY_ACK = '6';

    private SocketPackets() {}

    /// The packet as text.
    ///
    /// @throws IllegalArgumentException for a binary one: this server sends none
    public static String write(SocketPacket packet) {
        return switch (packet) {
            case SocketPacket.Connect(var namespace, var data) ->
                    head(CONNECT, namespace) + json(data);
            case SocketPacket.Disconnect(var namespace) -> head(DISCONNECT, namespace);
            case SocketPacket.Event(var namespace, var arguments, var ack) ->
                    head(EVENT, namespace) + (ack == null ? "" : ack) + json(arguments);
            case SocketPacket.Ack(var namespace, var arguments, var id) ->
                    head(ACK, namespace) + id + json(arguments);
            case SocketPacket.ConnectError(var namespace, var data) ->
                    head(CONNECT_ERROR, namespace) + json(data);
            case SocketPacket.Binary _ ->
                    throw new IllegalArgumentException("Binary packets are never sent");
        };
    }

    /// Reads one packet.
    ///
    /// @throws MalformedPacketException if it is no packet, or JSON as no two readers would read it
    public static SocketPacket read(String text) throws MalformedPacketException {
        if (text.isEmpty()) {
            throw new MalformedPacketException("The packet is empty");
        }
        Rest rest = new Rest(text);
        char type = rest.next();
        if (type == BINARY_EVENT || type == BINARY_ACK) {
            rest.skipAttachments();
            return new SocketPacket.Binary(rest.namespace());
        }
        String namespace = rest.namespace();
        Long id = rest.number();
        JsonNode data = rest.json();
        return switch (type) {
            case CONNECT -> new SocketPacket.Connect(namespace, data);
            case DISCONNECT -> new SocketPacket.Disconnect(namespace);
            case EVENT -> event(namespace, data, id);
            case ACK -> ack(namespace, data, id);
            case CONNECT_ERROR -> connectError(namespace, data);
            default -> throw new MalformedPacketException("Unknown type '%c'".formatted(type));
        };
    }

    private static SocketPacket event(String namespace, @Nullable JsonNode data, @Nullable Long ack)
            throws MalformedPacketException {
        if (data instanceof ArrayNode arguments && arguments.path(0).isString()) {
            return new SocketPacket.Event(namespace, arguments, ack);
        }
        throw new MalformedPacketException("An event is a list that begins with its name");
    }

    private static SocketPacket ack(String namespace, @Nullable JsonNode data, @Nullable Long id)
            throws MalformedPacketException {
        if (data instanceof ArrayNode arguments && id != null) {
            return new SocketPacket.Ack(namespace, arguments, id);
        }
        throw new MalformedPacketException("An acknowledgement is a number and a list");
    }

    private static SocketPacket connectError(String namespace, @Nullable JsonNode data) {
        return new SocketPacket.ConnectError(
                namespace, data == null ? JsonNodeFactory.instance.nullNode() : data);
    }

    private static String head(char type, String namespace) {
        return namespace.equals(ROOT) ? String.valueOf(type) : type + namespace + ",";
    }

    private static String json(@Nullable JsonNode data) {
        return data == null ? "" : JSON.writeValueAsString(data);
    }

    /// What of a packet is still to be read.
    private static final class Rest {
        private static final int MAX_DIGITS = 15;
        private static final int MAX_NAMESPACE = 200;

        private final String text;
        private int at;

        Rest(String text) {
            this.text = text;
        }

        char next() {
            return text.charAt(at++);
        }

        void skipAttachments() {
            digits();
            if (at < text.length() && text.charAt(at) == '-') {
                at++;
            }
        }

        String namespace() throws MalformedPacketException {
            if (at == text.length() || text.charAt(at) != '/') {
                return ROOT;
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > MAX_NAMESPACE) {
                throw new MalformedPacketException("The namespace has too many characters");
            }
            String path = text.substring(at, end);
            at = Math.min(end + 1, text.length());
            int query = path.indexOf('?');
            return query < 0 ? path : path.substring(0, query);
        }

        @Nullable Long number() throws MalformedPacketException {
            String digits = digits();
            if (digits.length() > MAX_DIGITS) {
                throw new MalformedPacketException("The number has too many digits");
            }
            return digits.isEmpty() ? null : Long.valueOf(digits);
        }

        private String digits() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return text.substring(start, at);
        }

        @Nullable JsonNode json() throws MalformedPacketException {
            if (at == text.length()) {
                return null;
            }
            try {
                return StrictJson.parse(text.substring(at));
            } catch (StrictJson.Malformed e) {
                throw new MalformedPacketException("The packet's JSON is malformed", e);
            }
        }
    }
}
