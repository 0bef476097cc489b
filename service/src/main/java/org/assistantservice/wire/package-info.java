/// The objects of the Assistants API as JSON text: assistant, thread, message, run, run step, their
/// deltas and lists. Pure mappings from values, shared by the protocols that show them.
///
/// Start reading at [WireJson]. **Depends on:** `assistant`, `thread`, `model`, `run`. **Used by:**
/// `protocol.chat` and `protocol.openai`. Nothing here knows HTTP.
@NullMarked
package org.assistantservice.wire;

import org.jspecify.annotations.NullMarked;
