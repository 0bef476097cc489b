package org.assistantservice.run;

import java.time.Duration;
import java.time.Instant;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// What happened in a run. A run begins with [RunChanged] `CREATED` and `QUEUED`, then
/// `IN_PROGRESS`; it ends with exactly one terminal [RunChanged], which after `COMPLETED` is
/// followed by one [Metadata]. The event for which [#isLast] holds is the last of the run.
///
/// At most one step and one message are open at a time. Changed-events carry full snapshots. A
/// protocol maps each event to a list of frames, possibly empty.
public sealed interface RunEvent {
    /// Whether no event of this run follows.
    default boolean isLast() {
        return false;
    }

    /// How many object changes this event announces; their sum up to the terminal run change is the
    /// `eventCount` of [Metadata].
    default int changes() {
        return 1;
    }

    record RunChanged(RunStatus status, boolean isCreation, Run run) implements RunEvent {
        /// `thread.run.created` and `thread.run.queued` both show a queued run.
        public static RunChanged created(Run run) {
            return new RunChanged(run.status(), true, run);
        }

        public static RunChanged to(Run run) {
            return new RunChanged(run.status(), false, run);
        }

        @Override
        public boolean isLast() {
            return status.isTerminal() && status != RunStatus.COMPLETED;
        }
    }

    /// `isCreation` tells `…created` from `…in_progress`, which show the same snapshot.
    record StepChanged(boolean isCreation, RunStep step) implements RunEvent {}

    /// A piece of a tool call of an open step. The first piece of a call has its id and name, and
    /// empty arguments; later ones have only arguments.
    record StepDelta(
            StepId stepId,
            int index,
            @Nullable CallId callId,
            @Nullable String name,
            String arguments)
            implements RunEvent {}

    /// `isCreation` tells `…created` from `…in_progress`, which show the same snapshot.
    record MessageChanged(boolean isCreation, Message message) implements RunEvent {}

    /// The next piece of a message's text; append it to the pieces before it.
    record MessageDelta(MessageId messageId, String text) implements RunEvent {}

    /// The model wants these calls; they are about to run.
    ///
    /// @param run the run as clients see it at this moment: `requires_action` with the step's calls
    record CallsPlanned(Run run, RunStep step) implements RunEvent {}

    /// Every call of the step has its output, and the model is asked again: announces the completed
    /// step, the run queued and the run in progress.
    ///
    /// @param run in progress again
    record CallsFinished(Run run, RunStep step) implements RunEvent {
        @Override
        public int changes() {
            return 3;
        }
    }

    /// An action reports its progress to the user. Live only: never stored, no place in the count.
    record CallProgress(RunId runId, CallId callId, String text) implements RunEvent {
        @Override
        public int changes() {
            return 0;
        }
    }

    /// The run was taken up again after a crash. What was shown of an unfinished message is void;
    /// its text is generated again.
    record Reset(RunId runId, int epoch) implements RunEvent {
        @Override
        public int changes() {
            return 0;
        }
    }

    /// Once, directly after the run completed.
    ///
    /// @param elapsed from acceptance to the end
    record Metadata(
            RunId runId,
            ThreadId threadId,
            CorrelationId correlationId,
            Duration elapsed,
            int eventCount,
            Instant timestamp)
            implements RunEvent {
        @Override
        public boolean isLast() {
            return true;
        }

        @Override
        public int changes() {
            return 0;
        }
    }
}
