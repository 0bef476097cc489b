/// A chat that keeps nothing: `/openai/chat` and `/api/chat`. The client sends the whole
/// conversation with each message and gets it back, with the answer, at the end of the stream.
///
/// Start reading at [StatelessController] for the way of a message and at [TurnFrames] for what
/// clients see of a run. **Depends on:** `assistant`, `dispatch`, `run`, `server`. **Used by:**
/// `app`.
@NullMarked
package org.assistantservice.protocol.stateless;

import org.jspecify.annotations.NullMarked;
