/// Engine.IO 4: packets between one client and this server over HTTP long-polling or WebSocket,
/// with the upgrade from the first to the second.
///
/// Start reading at [EngineSession] and its [SessionState]; [EnginePacket] and [EnginePayload] are
/// the wire forms. **Depends on:** `server` for its timers. **Used by:** `socketio` and the room
/// around it. Nothing here knows HTTP, Netty or what the messages mean.
@NullMarked
package org.assistantservice.protocol.jellychat.engineio;

import org.jspecify.annotations.NullMarked;
