package org.assistantservice.run;

import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Usage;
import org.jspecify.annotations.Nullable;

/// One step of a run, as a snapshot: a message written, or one round of tool calls.
///
/// @param seq position in the run, from 1
/// @param endedAt when it left `IN_PROGRESS`, or null
/// @param error why it failed; null unless the status is `FAILED`
public record RunStep(
        StepId id,
        RunId runId,
        ThreadId threadId,
        AssistantId assistantId,
        int seq,
        Status status,
        Details details,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable RunError error,
        @Nullable Usage usage) {

    public RunStep ended(Status end, Instant at, @Nullable RunError cause, @Nullable Usage used) {
        return new RunStep(
                id, runId, threadId, assistantId, seq, end, details, createdAt, at, cause, used);
    }

    public RunStep with(Details changed) {
        return new RunStep(
                id,
                runId,
                threadId,
                assistantId,
                seq,
                status,
                changed,
                createdAt,
                endedAt,
                error,
                usage);
    }

    public RunStep with(@Nullable Usage used) {
        return new RunStep(
                id,
                runId,
                threadId,
                assistantId,
                seq,
                status,
                details,
                createdAt,
                endedAt,
                error,
                used);
    }

    public enum Status {
        IN_PROGRESS,
        CANCELLED,
        FAILED,
        COMPLETED,
        EXPIRED
    }

    public sealed interface Details {}

    public record MessageCreation(MessageId messageId) implements Details {}

    /// All parallel calls of one turn.
    ///
    /// @param text what the model said before its calls in the same turn; part of the context sent
    ///   back to it, and a message of its own if not empty
    public record ToolCalls(String text, List<ToolCall> calls) implements Details {
        public ToolCalls {
            calls = List.copyOf(calls);
        }
    }
}
