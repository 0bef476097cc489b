package org.assistantservice.thread;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.jspecify.annotations.Nullable;

/// One message of a thread.
///
/// @param content text blocks in order; empty while an answer has no text yet
/// @param assistantId who wrote it; null for a user's message
/// @param runId the run that wrote it, or that this user message began; null for a message added
///   without a run
/// @param endedAt when it became completed or incomplete; null while in progress
/// @param incompleteReason `content_filter`, `max_tokens`, `run_cancelled`, `run_expired` or
///   `run_failed`; null unless the status is `INCOMPLETE`
public record Message(
        MessageId id,
        ThreadId threadId,
        Role role,
        Status status,
        List<String> content,
        @Nullable AssistantId assistantId,
        @Nullable RunId runId,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String incompleteReason,
        Map<String, String> metadata) {

    public Message {
        content = List.copyOf(content);
        metadata = Map.copyOf(metadata);
    }

    /// All text blocks joined.
    public String text() {
        return String.join("", content);
    }

    public enum Role {
        USER,
        ASSISTANT
    }

    public enum Status {
        IN_PROGRESS,
        INCOMPLETE,
        COMPLETED
    }
}
