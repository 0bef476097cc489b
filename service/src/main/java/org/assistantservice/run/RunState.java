package org.assistantservice.run;

import java.time.Instant;
import java.util.List;
import org.assistantservice.model.Usage;
import org.jspecify.annotations.Nullable;

/// What changes while a run goes on.
///
/// @param startedAt when it first left the queue, or null
/// @param endedAt when it reached its terminal status, or null
/// @param error why it failed; null unless the status is `FAILED`
/// @param incompleteReason `max_completion_tokens`, `max_prompt_tokens` or `content_filter`, filter
///   the reason stands in the message
/// @param requiredCalls what a client must run; empty unless the status is `REQUIRES_ACTION`
/// @param usage tokens of all model calls so far, or null if none was reported
public record RunState(
        RunStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable RunError error,
        @Nullable String incompleteReason,
        List<ToolCall> requiredCalls,
        @Nullable Usage usage) {

    public static final RunState QUEUED =
            new RunState(RunStatus.QUEUED, null, null, null, null, List.of(), null);

    public RunState {
        requiredCalls = List.copyOf(requiredCalls);
    }

    public RunState withStatus(RunStatus next) {
        return new RunState(
                next, startedAt, endedAt, error, incompleteReason, requiredCalls, usage);
    }
}
