package org.assistantservice.run;

import java.time.Instant;
import java.util.List;
import org.assistantservice.run.RunEvent.Reset;
import org.assistantservice.run.RunEvent.RunChanged;

/// The events that a journal stores by itself, when a run changes without its loop.
public final class JournalEvents {
    private JournalEvents() {}

    /// Epoch 0 of every run.
    public static List<SequencedEvent> accepted(Run queued) {
        return List.of(
                new SequencedEvent(0, 1, RunChanged.created(queued)),
                new SequencedEvent(0, 2, RunChanged.to(queued)));
    }

    /// The first events of a new epoch: in progress when the run leaves the queue, reset when it
    /// had been under way before.
    ///
    /// @param claimed the run after the claim
    public static List<SequencedEvent> claimed(Run claimed, int epoch, boolean wasQueued) {
        RunEvent first = wasQueued ? RunChanged.to(claimed) : new Reset(claimed.id(), epoch);
        return List.of(new SequencedEvent(epoch, 1, first));
    }

    /// A queued run's end.
    ///
    /// @param ended cancelled or expired
    public static List<SequencedEvent> ended(Run ended) {
        return List.of(new SequencedEvent(0, 3, RunChanged.to(ended)));
    }

    /// A queued run's state at its end.
    public static RunState endedState(RunState queued, RunStatus end, Instant at) {
        return new RunState(end, null, at, null, null, List.of(), queued.usage());
    }

    /// A run's state when it is claimed.
    public static RunState claimedState(RunState before, Instant now) {
        Instant started = before.startedAt();
        RunStatus status =
                before.status() == RunStatus.CANCELLING
                        ? RunStatus.CANCELLING
                        : RunStatus.IN_PROGRESS;
        return new RunState(
                status,
                started == null ? now : started,
                null,
                null,
                null,
                List.of(),
                before.usage());
    }
}
