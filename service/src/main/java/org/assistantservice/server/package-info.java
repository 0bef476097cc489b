/// What every HTTP and WebSocket route shares: correlation ids, principals, limits, health, strict
/// reading of bodies, the writers of streams, and one shape of errors per protocol, chosen by path.
///
/// Start reading at [Problem] for errors, at [RunStream] for streams, and at [ConnectionRules] for
/// what holds below them. **Depends on:** `identity`, `run`, `thread`. **Used by:** `protocol`,
/// `app`. Nothing here knows any one protocol.
@NullMarked
package org.assistantservice.server;

import org.jspecify.annotations.NullMarked;
