/// Asks any endpoint that speaks OpenAI's Chat Completions, streaming.
///
/// Start reading at [OpenAiModelClient]. A call is a [OpenAiCall]; each of its attempts is an
/// [Attempt], whose bytes go through [SseParser] and [ChatStream] into a [TurnAssembler]. **Depends
/// on:** `model`. **Used by:** `app` alone.
@NullMarked
package org.assistantservice.model.openai;

import org.jspecify.annotations.NullMarked;
