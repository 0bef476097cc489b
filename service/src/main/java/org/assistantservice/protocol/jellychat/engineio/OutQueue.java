package org.assistantservice.protocol.jellychat.engineio;

import java.util.ArrayList;
import java.util.List;

/// The packets that wait for one client, of which there may be so many. For one thread at a time.
final class OutQueue {
    private final EngineLimits limits;
    private List<EnginePacket> packets = new ArrayList<>();
    private int characters;

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

    boolean isEmpty() {
        return packets.isEmpty();
    }

    List<EnginePacket> drain() {
        List<EnginePacket> drained = packets;
        packets = new ArrayList<>();
        characters = 0;
        return drained;
    }
}
