package org.assistantservice.protocol.jellychat;

import java.util.List;
import org.assistantservice.protocol.jellychat.engineio.EnginePacket;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Goodbye;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;
import org.assistantservice.server.AsciiBuffer;
import org.assistantservice.server.SocketWriter;

/// A WebSocket's way to its client: one text message for each packet. Thread-safe.
final class SocketOutlet implements Outlet {
    private static final int NORMAL = 1000;
    private static final int POLICY = 1008;
    private static final int PACKET = 128;

    private final SocketWriter writer;

    SocketOutlet(SocketWriter writer) {
        this.writer = writer;
    }

    @Override
    public boolean send(List<EnginePacket> packets) {
        AsciiBuffer lines = new AsciiBuffer(PACKET * packets.size());
        packets.forEach(packet -> ascii(lines, packet).raw("\n"));
        return writer.send(lines.toBytes());
    }

    @Override
    public void sendAnyway(List<EnginePacket> packets) {
        packets.forEach(
                packet -> writer.sendAnyway(ascii(new AsciiBuffer(PACKET), packet).toBytes()));
    }

    /// What is not ASCII stands within JSON, where it can be escaped.
    private static AsciiBuffer ascii(AsciiBuffer buffer, EnginePacket packet) {
        return buffer.json(packet.text());
    }

    @Override
    public void close(Goodbye why) {
        switch (why) {
            case NORMAL -> close(NORMAL, "");
            case TOO_MANY_ERRORS -> close(POLICY, "Too many errors");
        }
    }

    void close(int code, String reason) {
        writer.close(code, reason);
    }
}
