/// Asks a language model for the next turn of a conversation, as values and a port.
///
/// Start reading at [ModelClient]. **Depends on:** `identity`. **Used by:** `run`. Nothing here
/// knows the code of actions or the HTTP server. Adapters are in sub-rooms that only `app` imports.
@NullMarked
package org.assistantservice.model;

import org.jspecify.annotations.NullMarked;
