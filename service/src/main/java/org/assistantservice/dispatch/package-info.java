/// Calls actions: from the model's JSON arguments to JSON text for the model, with a check before,
/// a deadline during, and a failure text instead of an exception.
///
/// Start reading at [ActionExecutor]. **Depends on:** `identity`. **Used by:** `plugin`, which
/// provides the actions, `assistant`, which names them, and `run`, which calls them. Nothing here
/// knows JARs, HTTP or runs.
@NullMarked
package org.assistantservice.dispatch;

import org.jspecify.annotations.NullMarked;
