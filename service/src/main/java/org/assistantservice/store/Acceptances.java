package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.JournalEvents;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.AcceptResult.Accepted;
import org.assistantservice.run.RunJournal.AcceptResult.Busy;
import org.assistantservice.run.RunJournal.AcceptResult.KeyReused;
import org.assistantservice.run.RunJournal.AcceptResult.NoSuchThread;
import org.assistantservice.run.RunJournal.AcceptResult.Repeated;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.ChatThread;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// T1: turns a message into a stored run. Called within a transaction.
final class Acceptances {
    static final Duration KEY_LIFETIME = Duration.ofHours(24);

    private final RunRows runs;
    private final ToolLists toolLists;
    private final Claims claims;
    private final InstantSource clock;

    Acceptances(RunRows runs, ToolLists toolLists, Claims claims, InstantSource clock) {
        this.runs = runs;
        this.toolLists = toolLists;
        this.claims = claims;
        this.clock = clock;
    }

    private record OpenRun(RunId id, boolean isQueued) {}

    /// @param tools of the run, encoded
    AcceptResult accept(Handle handle, Acceptance asked, ToolLists.Encoded tools) {
        RunSpec spec = asked.spec();
        Optional<AcceptResult> earlier = earlier(handle, asked);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        ChatThread created = asked.thread();
        if (created != null) {
            ThreadRows.insert(handle, created, spec.ephemeral());
        } else if (!ThreadRows.exists(handle, spec.principal(), spec.threadId())) {
            return new NoSuchThread();
        }
        List<OpenRun> open = openRuns(handle, spec);
        return isRefused(asked, open)
                ? new Busy(open.getFirst().id())
                : store(handle, asked, tools, open);
    }

    private Optional<AcceptResult> earlier(Handle handle, Acceptance asked) {
        Idempotency idempotency = asked.idempotency();
        if (idempotency == null) {
            return Optional.empty();
        }
        TenantId tenant = asked.spec().principal().tenant();
        handle.createUpdate(
                        """
                        DELETE FROM idempotency
                        WHERE tenant_id = :tenant AND key = :key AND expires_at <= :now
                        """)
                .bind("tenant", tenant.value())
                .bind("key", idempotency.key())
                .bind("now", clock.millis())
                .execute();
        return handle.createQuery(
                        """
                        SELECT run_id, request_hash FROM idempotency
                        WHERE tenant_id = :tenant AND key = :key
                        """)
                .bind("tenant", tenant.value())
                .bind("key", idempotency.key())
                .map((row, _) ->
                        repetition(
                                handle,
                                asked,
                                new RunId(row.getString("run_id")),
                                row.getString("request_hash")))
                .findOne();
    }

    /// Another principal's key counts as reused: its run is not shown.
    private AcceptResult repetition(Handle handle, Acceptance asked, RunId id, String hash) {
        Idempotency idempotency = asked.idempotency();
        if (idempotency == null || !idempotency.requestHash().equals(hash)) {
            return new KeyReused();
        }
        return runs.find(handle, asked.spec().principal(), id)
                .<AcceptResult>map(row -> new Repeated(row.run()))
                .orElseGet(KeyReused::new);
    }

    /// The active run, if any, then the queued ones in order.
    private static List<OpenRun> openRuns(Handle handle, RunSpec spec) {
        return handle.createQuery(
                        """
                        SELECT id, status FROM runs
                        WHERE tenant_id = :tenant AND thread_id = :thread
                            AND status IN ('queued', 'in_progress', 'requires_action', 'cancelling')
                        ORDER BY CASE WHEN status = 'queued' THEN 1 ELSE 0 END, thread_seq
                        """)
                .bind("tenant", spec.principal().tenant().value())
                .bind("thread", spec.threadId().value())
                .map((row, _) ->
                        new OpenRun(
                                new RunId(row.getString("id")),
                                row.getString("status").equals("queued")))
                .list();
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

    private Accepted store(
            Handle handle, Acceptance asked, ToolLists.Encoded tools, List<OpenRun> open) {
        Run queued = new Run(wholeMillis(asked.spec()), RunState.QUEUED);
        RunRow row = new RunRow(queued, 0, 0, null, false, asked.message(), null, Map.of());
        AssistantRows.keep(handle, row.tenant(), asked.assistant());
        toolLists.keep(handle, row.tenant(), tools);
        runs.insert(
                handle, new RunRows.NewRun(row, asked.policy(), tools.digest(), clock.millis()));
        rememberKey(handle, asked);
        List<SequencedEvent> events = JournalEvents.accepted(queued);
        EventRows.insertIfRunExists(handle, row.id(), EventCodec.encodeEach(events));
        if (open.isEmpty()) {
            return claimed(handle, asked, row, events);
        }
        return new Accepted(queued, events, null, interrupted(handle, asked, open));
    }

    private Accepted claimed(
            Handle handle, Acceptance asked, RunRow row, List<SequencedEvent> events) {
        Claims.Taken taken = claims.take(handle, row, asked.owner(), asked.lease());
        Claim claim =
                new Claim(
                        taken.lease(),
                        taken.run(),
                        taken.attempt(),
                        asked.assistant(),
                        Map.of(),
                        taken.events(),
                        events.stream()
                                .map(SequencedEvent::event)
                                .mapToInt(RunEvent::changes)
                                .sum(),
                        List.of(),
                        false);
        return new Accepted(taken.run(), events, claim, null);
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

    private void rememberKey(Handle handle, Acceptance asked) {
        Idempotency idempotency = asked.idempotency();
        if (idempotency == null) {
            return;
        }
        handle.createUpdate(
                        """
                        INSERT INTO idempotency (tenant_id, key, request_hash, run_id, expires_at)
                        VALUES (:tenant, :key, :hash, :run, :expires_at)
                        """)
                .bind("tenant", asked.spec().principal().tenant().value())
                .bind("key", idempotency.key())
                .bind("hash", idempotency.requestHash())
                .bind("run", asked.spec().id().value())
                .bind("expires_at", clock.millis() + KEY_LIFETIME.toMillis())
                .execute();
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
