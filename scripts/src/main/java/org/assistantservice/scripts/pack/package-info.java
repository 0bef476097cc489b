/// Works with packs without a service: lists and calls their actions, and starts new ones.
///
/// Start reading at [ActionCommand]. **Depends on:** `plugin` and `dispatch` of the service.
@NullMarked
package org.assistantservice.scripts.pack;

import org.jspecify.annotations.NullMarked;
