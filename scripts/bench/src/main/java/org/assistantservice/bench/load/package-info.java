/// The load client: many chats at once against one server, every token checked for its order.
///
/// Start reading at [LoadClient]. **Depends on:** `chat`, `connection`.
@NullMarked
package org.assistantservice.bench.load;

import org.jspecify.annotations.NullMarked;
