/// Socket.IO 5: namespaces, events and acknowledgements on top of Engine.IO messages. Only the
/// namespace `/` exists, and only text.
///
/// Start reading at [SocketIoSession]; [SocketPacket] and [SocketPackets] are the wire form.
/// **Depends on:** `engineio`, `server`. **Used by:** the room around it. Nothing here knows what
/// the events mean.
@NullMarked
package org.assistantservice.protocol.jellychat.socketio;

import org.jspecify.annotations.NullMarked;
