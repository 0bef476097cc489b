package org.assistantservice.run;

import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;

/// The way in: accepts messages as runs, and cancels runs. Thread-safe; calls block.
public interface Runs {
    /// Stores the message and its run; on return both are on disk and the run will reach an end.
    ///
    /// @throws RunException if it is refused; nothing is stored then
    AcceptedRun accept(RunRequest request);

    /// Asks for a run's end and returns the run as it is then: cancelled, or cancelling.
    ///
    /// @throws RunException `RUN_NOT_FOUND`, or `RUN_NOT_CANCELLABLE` if it is over
    Run cancel(Principal principal, RunId runId);

    /// A run that was taken on.
    ///
    /// @param repeated whether an earlier request with the same idempotency key began this run
    record AcceptedRun(Run run, boolean repeated) {}
}
