/// Chats with a running service in the terminal: over JSON, server-sent events or a WebSocket.
///
/// Start reading at [ChatCommand]. **Depends on:** the service's HTTP contract alone, none of its
/// classes. A message is posted once, whatever happens: what breaks after that is resumed, never
/// repeated.
@NullMarked
package org.assistantservice.scripts.chat;

import org.jspecify.annotations.NullMarked;
