/// The objects of the Assistants API as JSON: assistant, thread, message, run, run step and their
/// deltas, each with every key the API has, as pure functions of our values.
///
/// Start reading at [WireJson]. **Depends on:** `identity`, `assistant`, `thread`, `model`, `run`.
/// **Used by:** `protocol.chat`, `protocol.openai`. Nothing here knows HTTP.
@NullMarked
package org.assistantservice.wire;

import org.jspecify.annotations.NullMarked;
