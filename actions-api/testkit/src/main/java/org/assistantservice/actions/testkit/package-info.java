/// The test kit for authors of actions: binds and calls an action exactly as the service does, from
/// JSON to JSON.
///
/// Start reading at [ActionKit]. **Depends on:** `actions`, and the service's `dispatch` and
/// `plugin`. **Used by:** tests of packs.
@NullMarked
package org.assistantservice.actions.testkit;

import org.jspecify.annotations.NullMarked;
