package org.assistantservice.protocol.jellychat.engineio;

/// One packet: a digit for its type, then its data, e.g. `4hello` or `2probe`.
///
/// @param data any text; empty for most types
public record EnginePacket(Type type, String data) {
    /// In the order of their digits.
    public enum Type {
        OPEN,
        CLOSE,
        PING,
        PONG,
        MESSAGE,
        UPGRADE,
        NOOP;

        private static final Type[] ALL = values();
    }

    static final EnginePacket NOOP = new EnginePacket(Type.NOOP, "");
    static final EnginePacket PING = new EnginePacket(Type.PING, "");
    static final EnginePacket CLOSE = new EnginePacket(Type.CLOSE, "");
    static final String PROBE = "probe";

    public static EnginePacket message(String data) {
        return new EnginePacket(Type.MESSAGE, data);
    }

    /// Reads one packet.
    ///
    /// @throws EngineException `BAD_REQUEST` if it is none, or a binary one, which polling marks
    ///   with `b`
    public static EnginePacket parse(String text) throws EngineException {
        int digit = text.isEmpty() ? -1 : text.charAt(0) - '0';
        if (digit < 0 || digit >= Type.ALL.length) {
            throw new EngineException(EngineError.BAD_REQUEST);
        }
        return new EnginePacket(Type.ALL[digit], text.substring(1));
    }

    /// The packet as it is sent.
    public String text() {
        return (char) ('0' + type.ordinal()) + data;
    }
}
