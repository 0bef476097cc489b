/// A small HTTP/1.1 client for one URL that hands responses to their readers on the event loop, as
/// they arrive.
///
/// Start reading at [HttpConnections]. An [Exchange] takes a [Connection] from the
/// [ConnectionPool], or has the [Dialer] open one. Nothing here knows models or JSON. **Depends
/// on:** Netty alone. **Used by:** `model.openai`.
@NullMarked
package org.assistantservice.model.openai.http;

import org.jspecify.annotations.NullMarked;
