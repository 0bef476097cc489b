package org.assistantservice.run;

import org.assistantservice.identity.Principal;

/// Lets readers follow runs: what is stored, then what happens live, without gap or repetition.
/// Thread-safe.
public interface RunStreams {
    /// Follows a run from `after` on. Stored events are delivered on the calling thread, which may
    /// take a while; later ones on the run's threads.
    ///
    /// @param after what the reader has seen; [RunCursor#start] for everything
    /// @throws RunException `RUN_NOT_FOUND`, `INVALID_CURSOR` (names a place that the run never
    ///   reached), `CURSOR_EXPIRED`, `TOO_MANY_READERS`
    Subscription subscribe(Principal principal, RunCursor after, RunReader reader);

    /// Whether anybody follows the run, or it was taken up so recently after a restart that its
    /// readers may still be on their way back.
    boolean hasReader(org.assistantservice.identity.RunId runId);

    /// A reader's tie to a run.
    interface Subscription {
        /// Ends the deliveries; the run goes on. Idempotent.
        void close();
    }
}
