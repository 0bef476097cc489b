/// The scripted model: a Chat Completions endpoint that is cheap enough not to be measured, keeps
/// the times of its script and reports how late it was.
///
/// Start reading at [ModelServer]. **Depends on:** `chat`.
@NullMarked
package org.assistantservice.bench.model;

import org.jspecify.annotations.NullMarked;
