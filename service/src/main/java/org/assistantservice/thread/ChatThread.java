package org.assistantservice.thread;

import java.time.Instant;
import java.util.Map;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.jspecify.annotations.Nullable;

/// A conversation.
///
/// @param owner whose it is; to anybody else it does not exist
/// @param assistantId which assistant serves it when a message names none; null for threads made
///   through the Assistants API
public record ChatThread(
        ThreadId id,
        Principal owner,
        @Nullable AssistantId assistantId,
        Instant createdAt,
        Map<String, String> metadata) {

    public ChatThread {
        metadata = Map.copyOf(metadata);
    }
}
