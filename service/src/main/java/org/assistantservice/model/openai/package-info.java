/// Asks any endpoint that speaks OpenAI's Chat Completions, streaming.
///
/// Start reading at [OpenAiModelClient]. A call is an [OpenAiCall]; each of its attempts gets a
/// [Reply], whose bytes go through [SseParser] and [ChatStream] into a [TurnAssembler], all on the
/// event loop of the connection. The connections are in the sub-room `http`. **Depends on:**
/// `model`. **Used by:** `app` alone.
@NullMarked
package org.assistantservice.model.openai;

import org.jspecify.annotations.NullMarked;
