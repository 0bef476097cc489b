package org.assistantservice.protocol.chat;

import org.jspecify.annotations.Nullable;

/// What a client of `/chat` or `/ws/chat` sends.
///
/// @param threadId as it came: an id, or `new`
/// @param assistantId id or name of the assistant of a new thread, or null
/// @param clientMessageId tells a repeated message from a new one, or null
record ChatMessage(
        String threadId,
        String message,
        @Nullable String assistantId,
        @Nullable String clientMessageId) {
    private static final String NEW = "new";

    boolean isForNewThread() {
        return threadId.equals(NEW);
    }
}
