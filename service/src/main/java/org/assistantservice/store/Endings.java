package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.JournalEvents;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunJournal.CancelResult;
import org.assistantservice.run.RunJournal.Ended;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Ends runs without their loop, and removes what is kept for a while only. Called within a
/// transaction.
///
/// An ephemeral run loses its messages, steps and calls in the transaction that ends it. Its row
/// and its events stay for [#EPHEMERAL_GRACE], so that its readers get them to the end; then they
/// and the thread made for it are deleted by [#forget].
final class Endings {
    static final Duration EPHEMERAL_GRACE = Duration.ofMinutes(5);

    /// How many runs one transaction ends at most.
    static final int BATCH = 100;

    /// How many runs one transaction forgets at most. Each has a score of rows or more, and whoever
    /// writes at the same time waits for them.
    static final int FORGOTTEN_AT_ONCE = 20;

    private final RunRows runs;
    private final InstantSource clock;

    Endings(RunRows runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    CancelResult cancel(Handle handle, Principal principal, RunId runId, Instant now) {
        return runs.find(handle, principal, runId)
                .map(row -> cancel(handle, row, now))
                .orElseGet(CancelResult.NoSuchRun::new);
    }

    private static CancelResult cancel(Handle handle, RunRow row, Instant now) {
        RunStatus status = row.run().status();
        if (status.isTerminal()) {
            return new CancelResult.AlreadyOver(row.run());
        }
        if (status == RunStatus.QUEUED) {
            Ended ended = end(handle, row, RunStatus.CANCELLED, now);
            return new CancelResult.Ended(ended.run(), ended.events());
        }
        RunStates.requestEnd(handle, row.tenant(), row.id());
        RunState cancelling = row.run().state().withStatus(RunStatus.CANCELLING);
        return new CancelResult.Requested(row.run().with(cancelling));
    }

    /// At most [#BATCH].
    List<Ended> expireQueued(Handle handle, Instant now) {
        return runs
                .all(
                        handle,
                        RunRows.SELECT
                                + """
                                status = 'queued' AND deadline_at <= :now
                                ORDER BY deadline_at LIMIT :batch
                                """,
                        query -> query.bind("now", now.toEpochMilli()).bind("batch", BATCH))
                .stream()
                .map(row -> end(handle, row, RunStatus.EXPIRED, now))
                .toList();
    }

    /// Ends a queued run. Its message was acknowledged, so it takes its place in the thread.
    private static Ended end(Handle handle, RunRow row, RunStatus end, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE runs SET message_json = NULL, message_seq = :message_seq
                        WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("message_seq", place(handle, row))
                .bind("tenant", row.tenant().value())
                .bind("id", row.id().value())
                .execute();
        RunState state = JournalEvents.endedState(row.run().state(), end, now);
        RunStates.write(handle, row.tenant(), row.id(), state, now.toEpochMilli());
        Run ended = row.run().with(state);
        List<SequencedEvent> events = JournalEvents.ended(ended);
        EventRows.insert(handle, row.tenant(), row.id(), EventCodec.encodeEach(events));
        return new Ended(ended, events);
    }

    private static @Nullable Long place(Handle handle, RunRow row) {
        Message waiting = row.waiting();
        if (waiting == null || row.run().spec().ephemeral()) {
            return null;
        }
        return MessageRows.append(handle, row.tenant(), waiting);
    }

    /// Removes what an ephemeral run said and did.
    static void leaveNoTrace(Handle handle, Run run) {
        var tenant = run.spec().principal().tenant();
        MessageRows.deleteOfRun(handle, tenant, run.threadId(), run.id());
        handle.createUpdate("DELETE FROM run_steps WHERE tenant_id = :tenant AND run_id = :run")
                .bind("tenant", tenant.value())
                .bind("run", run.id().value())
                .execute();
    }

    /// Forgets at most [#FORGOTTEN_AT_ONCE] runs' events, and as many ephemeral runs.
    ///
    /// @return whether there may be more
    boolean forget(Handle handle, Instant before) {
        boolean moreRuns = forgetEphemeral(handle, before);
        boolean moreEvents = forgetEvents(handle, before);
        return moreRuns || moreEvents;
    }

    private boolean forgetEphemeral(Handle handle, Instant before) {
        Instant ended = clock.instant().minus(EPHEMERAL_GRACE);
        List<Run> over =
                runs
                        .all(
                                handle,
                                RunRows.SELECT
                                        + """
                                        has_events = 1 AND ended_at < :ended AND ephemeral = 1
                                        LIMIT :batch
                                        """,
                                query ->
                                        query.bind("ended", later(ended, before).toEpochMilli())
                                                .bind("batch", FORGOTTEN_AT_ONCE))
                        .stream()
                        .map(RunRow::run)
                        .toList();
        over.forEach(run -> forget(handle, run));
        return over.size() == FORGOTTEN_AT_ONCE;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static void forget(Handle handle, Run run) {
        String tenant = run.spec().principal().tenant().value();
        handle.createUpdate("DELETE FROM runs WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", run.id().value())
                .execute();
        handle.createUpdate(
                        """
                        DELETE FROM threads
                        WHERE tenant_id = :tenant AND id = :thread AND ephemeral = 1
                            AND NOT EXISTS (SELECT 1 FROM runs
                                WHERE runs.tenant_id = :tenant AND runs.thread_id = :thread)
                        """)
                .bind("tenant", tenant)
                .bind("thread", run.threadId().value())
                .execute();
    }

    private static boolean forgetEvents(Handle handle, Instant before) {
        List<RunId> over =
                handle.createQuery(
                                """
                                SELECT id FROM runs
                                WHERE has_events = 1 AND ended_at < :before LIMIT :batch
                                """)
                        .bind("before", before.toEpochMilli())
                        .bind("batch", FORGOTTEN_AT_ONCE)
                        .map((row, _) -> new RunId(row.getString("id")))
                        .list();
        over.forEach(id -> forgetEvents(handle, id));
        return over.size() == FORGOTTEN_AT_ONCE;
    }

    private static void forgetEvents(Handle handle, RunId id) {
        handle.createUpdate(
                        """
                        DELETE FROM run_events
                        WHERE tenant_id = (SELECT tenant_id FROM runs WHERE id = :id)
                            AND run_id = :id
                        """)
                .bind("id", id.value())
                .execute();
        handle.createUpdate("UPDATE runs SET has_events = 0 WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }
}
