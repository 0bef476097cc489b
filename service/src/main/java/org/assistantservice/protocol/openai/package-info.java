/// The Assistants API, version 2, under `/v1`: what is stored, in its exact shapes. Reading only.
///
/// Start reading at [ThreadsController]. **Depends on:** `assistant`, `thread`, `run`, `wire`,
/// `server`. **Used by:** nobody; `app` provides [AssistantOffer]. Client code matches on the error
/// texts here: they are part of the contract, see [OpenAiError].
@NullMarked
package org.assistantservice.protocol.openai;

import org.jspecify.annotations.NullMarked;
