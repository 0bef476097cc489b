/// What every route shares, whatever its protocol.
///
/// Start reading at [Caller]. **Depends on:** `identity`. **Used by:** `protocol`.
@NullMarked
package org.assistantservice.server;

import org.jspecify.annotations.NullMarked;
