package org.assistantservice.run;

import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// How a run ends, and what that means for the message and the step that are open then.
record RunEnding(
        RunStatus run,
        @Nullable RunError error,
        @Nullable String incompleteReason,
        Message.Status message,
        @Nullable String messageReason,
        RunStep.Status step) {

    static final RunEnding COMPLETED =
            new RunEnding(
                    RunStatus.COMPLETED,
                    null,
                    null,
                    Message.Status.COMPLETED,
                    null,
                    RunStep.Status.COMPLETED);

    static final RunEnding CANCELLED =
            broken(RunStatus.CANCELLED, "run_cancelled", RunStep.Status.CANCELLED, null);

    static final RunEnding EXPIRED =
            broken(RunStatus.EXPIRED, "run_expired", RunStep.Status.EXPIRED, null);

    static RunEnding failed(RunError error) {
        return broken(RunStatus.FAILED, "run_failed", RunStep.Status.FAILED, error);
    }

    /// @param runReason why the run is incomplete
    /// @param messageReason why its message is
    static RunEnding incomplete(String runReason, String messageReason) {
        return new RunEnding(
                RunStatus.INCOMPLETE,
                null,
                runReason,
                Message.Status.INCOMPLETE,
                messageReason,
                RunStep.Status.COMPLETED);
    }

    private static RunEnding broken(
            RunStatus run, String reason, RunStep.Status step, @Nullable RunError error) {
        return new RunEnding(run, error, null, Message.Status.INCOMPLETE, reason, step);
    }
}
