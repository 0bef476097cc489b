/// The process: reads and checks its environment, wires the rooms together, starts and stops them.
///
/// Start reading at [Application]. **Depends on:** every room. **Used by:** nobody.
@NullMarked
package org.assistantservice.app;

import org.jspecify.annotations.NullMarked;
