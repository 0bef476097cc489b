/// Brainstorming over one raw WebSocket, `/chat`: the answer comes on two channels, the message and
/// the ideas that the assistant saved meanwhile.
///
/// Start reading at [BrainstormSocket] for the way of a message and at [TurnFrames] for what
/// clients see of a run. **Depends on:** `assistant`, `thread`, `run`, `server`. **Used by:**
/// `app`.
@NullMarked
package org.assistantservice.protocol.brainstorm;

import org.jspecify.annotations.NullMarked;
