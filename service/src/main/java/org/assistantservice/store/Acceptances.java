package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.JournalEvents;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.AcceptResult.Accepted;
import org.assistantservice.run.RunJournal.AcceptResult.Busy;
import org.assistantservice.run.RunJournal.AcceptResult.KeyReused;
import org.assistantservice.run.RunJournal.AcceptResult.NoSuchThread;
import org.assistantservice.run.RunJournal.AcceptResult.Repeated;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.store.RunRows.NewRun;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// T1: turns a message into a stored run. Called within a transaction.
final class Acceptances {
    private final RunRows runs;
    private final PinnedVersions versions;
    private final InstantSource clock;

    Acceptances(RunRows runs, PinnedVersions versions, InstantSource clock) {
        this.runs = runs;
        this.versions = versions;
        this.clock = clock;
    }

    private record OpenRun(RunId id, boolean isQueued, long threadSeq) {}

    /// @param tools of the run, encoded
    AcceptResult accept(Handle handle, Acceptance asked, ToolLists.Encoded tools) {
        return earlier(handle, asked).orElseGet(() -> acceptNew(handle, asked, tools));
    }

    private Optional<AcceptResult> earlier(Handle handle, Acceptance asked) {
        Idempotency idempotency = asked.idempotency();
        if (idempotency == null) {
            return Optional.empty();
        }
        TenantId tenant = asked.spec().principal().tenant();
        return IdempotencyRows.find(handle, tenant, idempotency.key(), clock.millis())
                .map(known -> repetition(handle, asked, idempotency, known));
    }

    /// Another principal's key counts as reused: its run is not shown.
    private AcceptResult repetition(
            Handle handle, Acceptance asked, Idempotency key, IdempotencyRows.Known known) {
        if (!key.requestHash().equals(known.requestHash())) {
            return new KeyReused();
        }
        return runs.find(handle, asked.spec().principal(), known.run())
                .<AcceptResult>map(row -> new Repeated(row.run()))
                .orElseGet(KeyReused::new);
    }

    private AcceptResult acceptNew(Handle handle, Acceptance asked, ToolLists.Encoded tools) {
        RunSpec spec = asked.spec();
        ChatThread created = asked.thread();
        if (created != null) {
            ThreadRows.insertForRun(handle, created, spec.ephemeral());
            return storeClaimed(handle, asked, tools, ThreadRows.Places.FIRST);
        }
        List<OpenRun> open = openRuns(handle, spec);
        if (open.isEmpty()) {
            return ThreadRows.nextPlaces(handle, spec.principal(), spec.threadId())
                    .<AcceptResult>map(places -> storeClaimed(handle, asked, tools, places))
                    .orElseGet(NoSuchThread::new);
        }
        if (!ThreadRows.exists(handle, spec.principal(), spec.threadId())) {
            return new NoSuchThread();
        }
        return isRefused(asked, open)
                ? new Busy(open.getFirst().id())
                : storeQueued(handle, asked, tools, open);
    }

    /// The active run, if any, then the queued ones in order: runs of a thread start in the order
    /// of their acceptance.
    private static List<OpenRun> openRuns(Handle handle, RunSpec spec) {
        return handle
                .createQuery(
                        """
                        SELECT id, status, thread_seq FROM runs
                        WHERE tenant_id = :tenant AND thread_id = :thread
                            AND status IN ('in_progress', 'requires_action', 'cancelling')
                        UNION ALL
                        SELECT id, status, thread_seq FROM runs
                        WHERE tenant_id = :tenant AND thread_id = :thread AND status = 'queued'
                        """)
                .bind("tenant", spec.principal().tenant().value())
                .bind("thread", spec.threadId().value())
                .map((row, _) ->
                        new OpenRun(
                                new RunId(row.getString("id")),
                                row.getString("status").equals("queued"),
                                row.getLong("thread_seq")))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(OpenRun::threadSeq))
                .toList();
    }

    private static boolean isSuperseded(Acceptance asked, OpenRun active) {
        return active.id().equals(asked.supersedes());
    }

    private static boolean isRefused(Acceptance asked, List<OpenRun> open) {
        if (open.isEmpty()) {
            return false;
        }
        return switch (asked.policy()) {
            case REJECT -> !isSuperseded(asked, open.getFirst());
            case ENQUEUE, INTERRUPT ->
                    open.stream().filter(OpenRun::isQueued).count() >= asked.maxQueued();
        };
    }

    /// The run belongs to its owner from the first moment, its message to the thread.
    private Accepted storeClaimed(
            Handle handle, Acceptance asked, ToolLists.Encoded tools, ThreadRows.Places places) {
        Run queued = new Run(wholeMillis(asked.spec()), RunState.QUEUED);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Run run = queued.with(JournalEvents.claimedState(queued.state(), now));
        var lease = new Lease(run.id(), 1, asked.owner());
        RunRow row =
                new RunRow(
                        run,
                        lease.epoch(),
                        1,
                        asked.owner(),
                        false,
                        null,
                        places.message(),
                        Map.of());
        List<SequencedEvent> accepted = JournalEvents.accepted(queued);
        List<SequencedEvent> claimed = JournalEvents.claimed(run, lease.epoch(), true);
        insert(handle, asked, tools, newRun(asked, row, tools, places.run(), asked.lease()));
        MessageRows.insert(handle, row.tenant(), asked.message(), places.message());
        List<SequencedEvent> events = Stream.concat(accepted.stream(), claimed.stream()).toList();
        EventRows.insert(handle, row.tenant(), row.id(), EventCodec.encodeEach(events));
        int changes = accepted.stream().mapToInt(event -> event.event().changes()).sum();
        Claim claim =
                new Claim(
                        lease,
                        run,
                        1,
                        asked.assistant(),
                        Map.of(),
                        claimed,
                        changes,
                        List.of(),
                        false,
                        opening(asked, places));
        return new Accepted(run, accepted, claim, null);
    }

    private static @Nullable Message opening(Acceptance asked, ThreadRows.Places places) {
        return places.message() == 1 ? asked.message() : null;
    }

    private Accepted storeQueued(
            Handle handle, Acceptance asked, ToolLists.Encoded tools, List<OpenRun> open) {
        Run queued = new Run(wholeMillis(asked.spec()), RunState.QUEUED);
        RunRow row = new RunRow(queued, 0, 0, null, false, asked.message(), null, Map.of());
        long place = ThreadRows.nextRunSeq(handle, row.tenant(), queued.threadId());
        insert(handle, asked, tools, newRun(asked, row, tools, place, null));
        List<SequencedEvent> events = JournalEvents.accepted(queued);
        EventRows.insert(handle, row.tenant(), row.id(), EventCodec.encodeEach(events));
        return new Accepted(queued, events, null, interrupted(handle, asked, open));
    }

    private NewRun newRun(
            Acceptance asked,
            RunRow row,
            ToolLists.Encoded tools,
            long place,
            @Nullable Duration lease) {
        return new NewRun(row, asked.policy(), tools.digest(), place, clock.millis(), lease);
    }

    private void insert(Handle handle, Acceptance asked, ToolLists.Encoded tools, NewRun run) {
        versions.keep(handle, run.row().tenant(), asked.assistant(), tools);
        runs.insert(handle, run);
        Idempotency idempotency = asked.idempotency();
        if (idempotency != null) {
            IdempotencyRows.insert(handle, asked.spec(), idempotency, run.acceptedAt());
        }
    }

    private static @Nullable RunId interrupted(
            Handle handle, Acceptance asked, List<OpenRun> open) {
        OpenRun first = open.getFirst();
        boolean gives = asked.policy() == BusyPolicy.INTERRUPT || isSuperseded(asked, first);
        if (!gives || first.isQueued()) {
            return null;
        }
        RunStates.requestEnd(handle, asked.spec().principal().tenant(), first.id());
        return first.id();
    }

    /// The run as it will be read back, so that a live event equals the stored one.
    private static RunSpec wholeMillis(RunSpec spec) {
        return new RunSpec(
                spec.id(),
                spec.threadId(),
                spec.assistantId(),
                spec.assistantVersion(),
                spec.principal(),
                spec.correlationId(),
                spec.model(),
                spec.instructions(),
                spec.tools(),
                spec.sampling(),
                spec.roundCap(),
                spec.historyWindow(),
                spec.ephemeral(),
                spec.metadata(),
                wholeMillis(spec.createdAt()),
                wholeMillis(spec.deadline()));
    }

    private static Instant wholeMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
