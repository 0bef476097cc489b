/// Conversation threads and their messages, as values and as a port of the store.
///
/// Start reading at [ThreadStore]. **Depends on:** `identity`. **Used by:** `run`, `store`, `wire`,
/// `protocol`. Nothing here knows how a run works; only a run's journal appends its messages.
@NullMarked
package org.assistantservice.thread;

import org.jspecify.annotations.NullMarked;
