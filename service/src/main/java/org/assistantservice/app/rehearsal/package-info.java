/// The service talking to itself: before it is ready, so that the first user need not wait for cold
/// code, and while it is built, so that the JVM learns what to prepare.
///
/// Start reading at [SelfChat]. **Depends on:** nothing. **Used by:** `app`.
@NullMarked
package org.assistantservice.app.rehearsal;

import org.jspecify.annotations.NullMarked;
