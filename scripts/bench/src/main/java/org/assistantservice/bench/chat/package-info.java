/// One measured chat as both ends see it: the model writes its tokens and notes when, the client
/// reads them and compares. Both live on one event loop of one process, so that a difference of two
/// `System.nanoTime()` is a delay.
///
/// Start reading at [Chat]. **Used by:** `model`, `load`.
@NullMarked
package org.assistantservice.bench.chat;

import org.jspecify.annotations.NullMarked;
