package org.assistantservice.protocol.jellychat.engineio;

import java.util.List;

/// One packet: a digit for its type, then its data, e.g. `4hello` or `2probe`.
///
/// @param data any text; empty for most types
public record EnginePacket(Type type, String data) {
    /// What a packet is for.
    public enum Type {
        OPEN('0'),
        CLOSE('1'),
        PING('2'),
        PONG('3'),
        MESSAGE('4'),
        UPGRADE('5'),
        NOOP('6');

        private static final List<Type> ALL = List.of(values());

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        private static Type of(String packet) throws EngineException {
            for (Type type : ALL) {
                if (!packet.isEmpty() && packet.charAt(0) == type.digit) {
                    return type;
                }
            }
            throw new EngineException(EngineError.BAD_REQUEST);
        }
    }

    static final EnginePacket NOOP = new EnginePacket(Type.NOOP, "");
    static final EnginePacket PING = new EnginePacket(Type.PING, "");
    static final EnginePacket CLOSE = new EnginePacket(Type.CLOSE, "");
    static final String PROBE = "probe";

    /// Greets a client.
    static EnginePacket open(String id, boolean mayUpgrade, EngineLimits limits) {
        String greeting =
                """
                {"sid":"%s","upgrades":[%s],"pingInterval":%d,"pingTimeout":%d,"maxPayload":%d}\
                """
                        .formatted(
                                id,
                                mayUpgrade ? "\"websocket\"" : "",
                                limits.pingInterval().toMillis(),
                                limits.pingTimeout().toMillis(),
                                EngineLimits.MAX_PAYLOAD);
        return new EnginePacket(Type.OPEN, greeting);
    }

    public static EnginePacket message(String data) {
        return new EnginePacket(Type.MESSAGE, data);
    }

    /// Reads one packet.
    ///
    /// @throws EngineException `BAD_REQUEST` if it is none, or a binary one, which polling marks
    ///   with `b`
    public static EnginePacket parse(String text) throws EngineException {
        return new EnginePacket(Type.of(text), text.substring(1));
    }

    /// The packet as it is sent.
    public String text() {
        return type.digit + data;
    }
}
