package org.assistantservice.run;

import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;

/// Reads what the journal wrote. Another principal's runs behave like ones that do not exist. Calls
/// block; thread-safe. Every method may throw
/// [org.assistantservice.thread.StoreUnavailableException].
public interface RunReads {
    Optional<Run> run(Principal principal, RunId id);

    /// Runs of a thread in order of acceptance; empty if there is no such thread.
    Page<Run> runs(Principal principal, ThreadId threadId, PageRequest page);

    /// Steps of a run in order; empty if there is no such run.
    Page<RunStep> steps(Principal principal, RunId runId, PageRequest page);

    /// Stored events strictly after `after`, in order, at most `limit`.
    List<SequencedEvent> events(RunId runId, RunCursor after, int limit);

    /// Place of the run's last stored event; empty if there is none, or none any more.
    Optional<RunCursor> lastStored(RunId runId);

    /// The latest messages of the run's thread up to and including the run's own user message,
    /// oldest first, as far as they fit the window. If some do not, the first is a user's.
    ///
    /// @param run one that has left the queue
    List<Message> history(Run run, HistoryWindow window);
}
