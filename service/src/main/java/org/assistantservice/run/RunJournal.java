package org.assistantservice.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Makes a run survive: each method is one transaction that is on disk when it returns, or, if it
/// returns a [Commit], when that says so; transactions of one run are made in the order in which
/// they were asked for. It alone appends messages to threads. Calls block; thread-safe.
///
/// Methods that take a [Lease] check its epoch first and throw [FencedException] if another owner
/// has taken the run over or it is over: the caller stops at once and drops all work. Every method
/// may throw [org.assistantservice.thread.StoreUnavailableException]; then the outcome is not
/// known.
///
/// Rows of [EventRow]s given to a method may have been handed to [#log] before; a row is written
/// once.
public interface RunJournal {
    /// T1: the user's message and the run, queued; claimed for `owner` at once when the thread is
    /// free. Nothing is recorded against the idempotency key unless the run is accepted.
    ///
    /// The events of a new run are, in epoch 0, created and queued; if it was claimed, in epoch 1,
    /// in progress: see [JournalEvents].
    AcceptResult accept(Acceptance acceptance);

    /// Takes the next run that may start or be taken over: queued on a free thread, oldest first,
    /// or active with its lease run out. Raises the epoch; raises the attempt unless the lease was
    /// given back. When a queued run is claimed, its user message takes its place in the thread.
    ///
    /// @param isDriven whether the caller drives a run already, however old its lease; such a run
    ///   is passed over. Called on a thread of the journal: must not block
    Optional<Claim> claim(String owner, Duration lease, Predicate<RunId> isDriven);

    /// Extends leases; returns those that are lost.
    List<Lease> renew(List<Lease> leases, Duration lease);

    /// Gives a run back so that another owner may go on with it at once.
    void release(Lease lease);

    /// At start of the only process: every active run's lease has run out.
    void expireLeases();

    /// T2: the model's turn is stored as steps, its calls planned. Never asked for again. With T3
    /// of the calls that are marked as started: once it is on disk they may run, or before if all
    /// of them only read.
    ///
    /// @param steps a completed message step if the turn had text, then the step of its calls
    /// @param messages the message of that message step
    /// @param packDigests versions of the packs these calls run on
    Commit plan(
            Lease lease,
            Run run,
            List<RunStep> steps,
            List<Message> messages,
            Map<String, String> packDigests,
            List<EventRow> events);

    /// T3 of calls that an earlier owner planned or started: on return they may run.
    void start(Lease lease, StepId step, List<ToolCall> calls);

    /// T4: one call's result.
    void result(Lease lease, StepId step, ToolCall ended, List<EventRow> events);

    /// T4 of a round's last call, with the step completed. May be asked for while the plan's commit
    /// is on its way: it fails, with nothing stored, if the plan was lost.
    Commit stepFinished(Lease lease, Run run, RunStep step, List<EventRow> events);

    /// T5: the run's end with its last message and step; frees the thread.
    ///
    /// @param steps the open step in its final form, if any
    /// @param messages the open message in its final form, if any
    void finish(
            Lease lease,
            Run run,
            List<RunStep> steps,
            List<Message> messages,
            List<EventRow> events);

    /// Asks for a run's end: a queued run is cancelled at once with its events; an active one is
    /// marked, and its owner ends it.
    CancelResult cancel(Principal principal, RunId runId, Instant now);

    /// Ends queued runs whose deadline has passed as expired; returns them with their events.
    List<Ended> expireQueued(Instant now);

    /// Stores events that need no fsync. Returns at once; `stored` runs later when they are
    /// readable, on a thread of the journal, and must not block.
    void log(RunId runId, List<EventRow> rows, Runnable stored);

    /// Versions of packs that runs which are not over have used.
    Set<String> packDigestsInUse();

    /// Deletes events of runs that ended before `before`, and idempotency keys older than that.
    void forget(Instant before);

    /// A request to be stored as a run.
    ///
    /// @param thread a new thread's row, or null to use the existing one of `spec`
    /// @param message the user's message
    /// @param policy what to do when the thread is busy
    /// @param supersedes a run that nobody follows any more: if it is the active one still, it is
    ///   asked to end for this one whatever the policy says; or null
    /// @param maxQueued how many runs may wait on the thread
    record Acceptance(
            RunSpec spec,
            org.assistantservice.thread.@Nullable ChatThread thread,
            Message message,
            Assistant assistant,
            BusyPolicy policy,
            @Nullable RunId supersedes,
            int maxQueued,
            RunRequest.@Nullable Idempotency idempotency,
            String owner,
            Duration lease) {}

    sealed interface AcceptResult {
        /// The run is stored.
        ///
        /// @param run as it is now, in progress if it was claimed
        /// @param events those of epoch 0; what the claim stored stands in `claim`
        /// @param claim present if the run was claimed at once
        /// @param interrupted the active run that was asked to end for this one, or null
        record Accepted(
                Run run,
                List<SequencedEvent> events,
                @Nullable Claim claim,
                @Nullable RunId interrupted)
                implements AcceptResult {}

        /// The same request came before; this is its run.
        record Repeated(Run run) implements AcceptResult {}

        /// The key came before with another request.
        record KeyReused() implements AcceptResult {}

        record NoSuchThread() implements AcceptResult {}

        /// The thread takes no other run now.
        ///
        /// @param activeRun the run that is in the way
        record Busy(RunId activeRun) implements AcceptResult {}
    }

    /// The right to write to a run.
    record Lease(RunId runId, int epoch, String owner) {}

    /// A run taken by an owner.
    ///
    /// @param attempt 1 for the first time; counts only take-overs of owners that vanished
    /// @param assistant the configuration the run was accepted with
    /// @param packDigests versions of packs it already used; empty if none
    /// @param events what the claim itself stored: run in progress, or [RunEvent.Reset] for a run
    ///   that had been in progress before
    /// @param changesBefore sum of [RunEvent#changes] of the run's stored events before this claim
    ///   that count towards [RunEvent.Metadata#eventCount]
    /// @param steps what the run has already stored, in order
    /// @param cancelRequested whether its end was asked for
    /// @param opening the run's message if it is known to be the only one of its thread, so that no
    ///   history need be read; or null
    record Claim(
            Lease lease,
            Run run,
            int attempt,
            Assistant assistant,
            Map<String, String> packDigests,
            List<SequencedEvent> events,
            int changesBefore,
            List<RunStep> steps,
            boolean cancelRequested,
            @Nullable Message opening) {}

    sealed interface CancelResult {
        /// It was waiting and is over.
        record Ended(Run run, List<SequencedEvent> events) implements CancelResult {}

        /// Its owner will end it.
        record Requested(Run run) implements CancelResult {}

        record AlreadyOver(Run run) implements CancelResult {}

        record NoSuchRun() implements CancelResult {}
    }

    /// A run that ended without an owner.
    record Ended(Run run, List<SequencedEvent> events) {}
}
