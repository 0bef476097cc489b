/// The service's own protocol: `/start`, `/chat` as JSON and as server-sent events, `/ws/chat`, and
/// the native routes `/runs` and `/assistants`.
///
/// Start reading at [ChatController] for the routes and at [ChatFrames] for what clients see of a
/// run. **Depends on:** `assistant`, `thread`, `run`, `wire`, `server`. **Used by:** `app`.
@NullMarked
package org.assistantservice.protocol.chat;

import org.jspecify.annotations.NullMarked;
