package org.assistantservice.protocol.jellychat.engineio;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;

/// The packets that wait for one client, of which there may be so many. For one thread at a time.
final class OutQueue {
    private final EngineLimits limits;
    private List<EnginePacket> packets = new ArrayList<>();
    private int characters;
    private boolean mustPass;

    OutQueue(EngineLimits limits) {
        this.limits = limits;
    }

    /// Takes a packet; false if too much is waiting: then the packet was not taken. One that is
    /// larger than everything that may wait is taken when nothing waits
    boolean offer(EnginePacket packet) {
        int size = packet.data().length() + 1;
        boolean isTooMuch =
                packets.size() >= limits.maxQueuedPackets()
                        || characters + size > limits.maxQueuedCharacters();
        if (isTooMuch && !packets.isEmpty()) {
            return false;
        }
        packets.add(packet);
        characters += size;
        return true;
    }

    /// Takes a packet however much is waiting, and leaves the room that there is to others.
    void add(EnginePacket packet) {
        packets.add(packet);
        mustPass = true;
    }

    /// Sends all that waits: what was added, and what is with it, however slow the client is.
    ///
    /// @param onSlow a change that follows if the client is too slow
    void send(Outlet out, Effects effects, Runnable onSlow) {
        boolean anyway = mustPass;
        List<EnginePacket> sent = drain();
        effects.then(() -> {
            if (anyway) {
                out.sendAnyway(sent);
            } else if (!out.send(sent)) {
                effects.change(onSlow);
            }
        });
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    List<EnginePacket> drain() {
        List<EnginePacket> drained = packets;
        packets = new ArrayList<>();
        characters = 0;
        mustPass = false;
        return drained;
    }
}
