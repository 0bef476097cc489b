package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.JournalEvents;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Gives runs to owners. Called within a transaction.
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private static final String RUN_OUT =
            """
            SELECT id FROM runs
            WHERE status IN ('in_progress', 'requires_action', 'cancelling')
                AND lease_safe_until <= :now AND lease_until <= :now
            ORDER BY lease_safe_until LIMIT 5000
            """;

    private static final String WAITING =
            """
            SELECT id FROM runs
            WHERE status = 'queued'
                AND NOT EXISTS (
                    SELECT 1 FROM runs active
                    WHERE active.tenant_id = runs.tenant_id
                        AND active.thread_id = runs.thread_id
                        AND active.status IN ('in_progress', 'requires_action', 'cancelling'))
                AND NOT EXISTS (
                    SELECT 1 FROM runs earlier
                    WHERE earlier.tenant_id = runs.tenant_id
                        AND earlier.thread_id = runs.thread_id
                        AND earlier.status = 'queued'
                        AND earlier.thread_seq < runs.thread_seq)
            ORDER BY accepted_at, thread_seq LIMIT 100
            """;

    private final RunRows runs;
    private final PinnedVersions versions;
    private final InstantSource clock;

    Claims(RunRows runs, PinnedVersions versions, InstantSource clock) {
        this.runs = runs;
        this.versions = versions;
        this.clock = clock;
    }

    private record Taken(Lease lease, Run run, int attempt, List<SequencedEvent> events) {}

    /// Takes the next run: first one whose owner is gone, then one that waits.
    Optional<Claim> claim(Handle handle, String owner, Duration lease, Predicate<RunId> isDriven) {
        List<RunId> runOut = ids(handle.createQuery(RUN_OUT).bind("now", clock.millis()));
        return runOut.stream()
                .filter(isDriven.negate())
                .flatMap(id -> tryClaim(handle, id, owner, lease).stream())
                .findFirst()
                .or(() -> firstWaiting(handle, owner, lease));
    }

    private Optional<Claim> firstWaiting(Handle handle, String owner, Duration lease) {
        return ids(handle.createQuery(WAITING)).stream()
                .flatMap(id -> tryClaim(handle, id, owner, lease).stream())
                .findFirst();
    }

    private static List<RunId> ids(Query query) {
        return query.map((row, _) -> new RunId(row.getString("id"))).list();
    }

    /// A run whose rows cannot be read must not keep all others from being claimed.
    private Optional<Claim> tryClaim(Handle handle, RunId id, String owner, Duration lease) {
        handle.execute("SAVEPOINT candidate");
        try {
            Optional<Claim> claimed =
                    runs.find(handle, id).map(row -> claim(handle, row, owner, lease));
            handle.execute("RELEASE candidate");
            return claimed;
        } catch (IllegalStateException | IllegalArgumentException | JacksonException e) {
            LOG.error("{} cannot be read and is passed over", id, e);
            handle.execute("ROLLBACK TO candidate");
            handle.execute("RELEASE candidate");
            return Optional.empty();
        }
    }

    private Claim claim(Handle handle, RunRow row, String owner, Duration lease) {
        int changesBefore = EventRows.changes(handle, row.tenant(), row.id());
        Taken taken = take(handle, row, owner, lease);
        return new Claim(
                taken.lease(),
                taken.run(),
                taken.attempt(),
                versions.assistant(handle, row.run().spec()),
                row.packDigests(),
                taken.events(),
                changesBefore,
                StepRows.ofRun(handle, row.tenant(), row.id()),
                row.cancelRequested(),
                null);
    }

    /// Takes a run. A queued run's message gets its place in the thread.
    private Taken take(Handle handle, RunRow row, String owner, Duration lease) {
        boolean wasQueued = row.run().status() == RunStatus.QUEUED;
        boolean hasVanishedOwner = row.owner() != null;
        int attempt = wasQueued ? 1 : row.attempt() + (hasVanishedOwner ? 1 : 0);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Lease taken = new Lease(row.id(), row.epoch() + 1, owner);
        handle.createUpdate(
                        """
                        UPDATE runs SET epoch = :epoch, attempt = :attempt, owner = :owner,
                            lease_ms = :lease_ms, message_json = NULL, message_seq = :message_seq
                        WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("epoch", taken.epoch())
                .bind("attempt", attempt)
                .bind("owner", owner)
                .bind("lease_ms", lease.toMillis())
                .bind("message_seq", place(handle, row))
                .bind("tenant", row.tenant().value())
                .bind("id", row.id().value())
                .execute();
        RunState state = JournalEvents.claimedState(row.run().state(), now);
        RunStates.write(handle, row.tenant(), row.id(), state, now.toEpochMilli());
        Run run = row.run().with(state);
        List<SequencedEvent> events = JournalEvents.claimed(run, taken.epoch(), wasQueued);
        EventRows.insert(handle, row.tenant(), row.id(), EventCodec.encodeEach(events));
        return new Taken(taken, run, attempt, events);
    }

    private static Long place(Handle handle, RunRow row) {
        Message waiting = row.waiting();
        Long place = row.messageSeq();
        if (waiting != null) {
            return MessageRows.append(handle, row.tenant(), waiting);
        }
        if (place == null) {
            throw new IllegalStateException(row.id() + " has lost its message");
        }
        return place;
    }

    /// At start of the only process. A run that was given back stays so.
    void expireAll(Handle handle) {
        handle.createUpdate(
                        """
                        UPDATE runs SET lease_until = 0, lease_safe_until = 0
                        WHERE status IN ('in_progress', 'requires_action', 'cancelling')
                            AND lease_until IS NOT NULL
                        """)
                .execute();
    }
}
