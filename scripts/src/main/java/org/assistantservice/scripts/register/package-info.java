/// Registers assistants in the store that a running service reads.
///
/// Start reading at [RegisterCommand]. **Depends on:** `assistant` of the service, and `pack`.
@NullMarked
package org.assistantservice.scripts.register;

import org.jspecify.annotations.NullMarked;
