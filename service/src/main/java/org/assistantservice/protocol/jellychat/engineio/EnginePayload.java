package org.assistantservice.protocol.jellychat.engineio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Several packets in one body of long-polling, separated by the character U+001E.
public final class EnginePayload {
    /// Packets in one body; a client sends a handful.
    static final int MOST_PACKETS = 1024;

    private static final char SEPARATOR = '\u001e';

    private EnginePayload() {}

    public static String join(List<EnginePacket> packets) {
        return packets.stream()
                .map(EnginePacket::text)
                .collect(Collectors.joining(String.valueOf(SEPARATOR)));
    }

    /// Parts the body of a POST into its packets.
    ///
    /// @throws EngineException `BAD_REQUEST` if any packet is none, or there are too many; then
    ///   none of them counts
    public static List<EnginePacket> split(String body) throws EngineException {
        List<EnginePacket> packets = new ArrayList<>();
        int start = 0;
        for (int end = body.indexOf(SEPARATOR); end >= 0; end = body.indexOf(SEPARATOR, start)) {
            packets.add(EnginePacket.parse(body.substring(start, end)));
            start = end + 1;
            if (packets.size() >= MOST_PACKETS) {
                throw new EngineException(EngineError.BAD_REQUEST);
            }
        }
        packets.add(EnginePacket.parse(body.substring(start)));
        return packets;
    }
}
