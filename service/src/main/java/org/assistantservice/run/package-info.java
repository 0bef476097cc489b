/// Turns one user message into a reply: asks the model, calls the actions it asks for, and repeats
/// until the model answers or a limit is reached; every step is in the journal before it changes or
/// shows anything.
///
/// Start reading at `Runs`, then `RunLoop`. **Depends on:** `identity`, `dispatch`, `assistant`,
/// `thread`, `model`. **Used by:** `store`, `wire`, `server`, `protocol`. Nothing here knows HTTP,
/// SQL or any protocol.
@NullMarked
package org.assistantservice.run;

import org.jspecify.annotations.NullMarked;
