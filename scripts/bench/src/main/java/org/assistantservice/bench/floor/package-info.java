/// What an agent server must cost at least on this stack: a loop over raw Netty that does what a
/// chat with one tool call needs and nothing else. No store, no checks, no framework.
///
/// Start reading at [Floor]. It runs in a process of its own. **Depends on:** `connection`.
@NullMarked
package org.assistantservice.bench.floor;

import org.jspecify.annotations.NullMarked;
