/// The protocol of JellyChat: a conversation per user token with its stored history, over REST and
/// Socket.IO, and a badge that counts messages.
///
/// Start reading at [JellyController] for REST, at [SocketIoSocket] and [PollingController] for the
/// two transports of Socket.IO, at [JellyTurns] for a turn, and at [TurnFrames] for what clients
/// see of a run. **Depends on:** `assistant`, `thread`, `record`, `run`, `server`. **Used by:**
/// `app`.
@NullMarked
package org.assistantservice.protocol.jellychat;

import org.jspecify.annotations.NullMarked;
