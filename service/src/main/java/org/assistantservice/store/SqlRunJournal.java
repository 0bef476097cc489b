package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.Commit;
import org.assistantservice.run.EventRow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunJournal;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;

/// The run journal in SQL tables. Values are encoded on the caller's thread as far as possible,
/// since there is one writer for all.
///
/// Leases are counted by this process's clock, which is right as long as one process uses the
/// database.
final class SqlRunJournal implements RunJournal {
    private final WriteQueue writes;
    private final ToolLists toolLists;
    private final PinnedVersions versions;
    private final Acceptances acceptances;
    private final Claims claims;
    private final Endings endings;
    private final InstantSource clock;

    SqlRunJournal(WriteQueue writes, RunRows runs, ToolLists toolLists, InstantSource clock) {
        this.writes = writes;
        this.toolLists = toolLists;
        this.clock = clock;
        this.versions = new PinnedVersions(toolLists);
        this.claims = new Claims(runs, versions, clock);
        this.acceptances = new Acceptances(runs, versions, clock);
        this.endings = new Endings(runs, clock);
    }

    @Override
    public AcceptResult accept(Acceptance acceptance) {
        ToolLists.Encoded tools = toolLists.encode(acceptance.spec());
        AcceptResult result =
                writes.write(
                        handle -> acceptances.accept(handle, acceptance, tools),
                        this::giveBackIfClaimed);
        if (result instanceof AcceptResult.Accepted) {
            TenantId tenant = acceptance.spec().principal().tenant();
            versions.committed(tenant, acceptance.assistant(), tools);
        }
        return result;
    }

    @Override
    public Optional<Claim> claim(String owner, Duration lease, Predicate<RunId> isDriven) {
        return writes.write(
                handle -> claims.claim(handle, owner, lease, isDriven),
                late -> late.ifPresent(this::giveBack));
    }

    @Override
    public List<Lease> renew(List<Lease> leases, Duration lease) {
        if (leases.isEmpty()) {
            return List.of();
        }
        return writes.writeOn(handle -> {
            long now = clock.millis();
            return leases.stream()
                    .filter(held -> !RunStates.renew(handle, held, now, lease.toMillis()))
                    .toList();
        });
    }

    @Override
    public void release(Lease lease) {
        change(handle -> RunStates.giveBack(handle, lease, clock.millis()));
    }

    @Override
    public void expireLeases() {
        change(claims::expireAll);
    }

    @Override
    public Commit plan(
            Lease lease,
            Run run,
            List<RunStep> steps,
            List<Message> messages,
            Map<String, String> packDigests,
            List<EventRow> events) {
        List<StoredRow> rows = EventCodec.encode(events);
        return begin(handle -> {
            RunStates.write(handle, lease, run.state(), clock.millis());
            putPackDigests(handle, run, packDigests);
            put(handle, run, steps, messages);
            EventRows.insert(handle, tenantOf(run), run.id(), rows);
        });
    }

    private static void putPackDigests(Handle handle, Run run, Map<String, String> packDigests) {
        if (packDigests.isEmpty()) {
            return;
        }
        handle.createUpdate(
                        """
                        UPDATE runs SET pack_digests_json = :digests
                        WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("digests", StoredJson.write(packDigests))
                .bind("tenant", tenantOf(run).value())
                .bind("id", run.id().value())
                .execute();
    }

    private static void put(Handle handle, Run run, List<RunStep> steps, List<Message> messages) {
        TenantId tenant = tenantOf(run);
        messages.forEach(message -> MessageRows.append(handle, tenant, message));
        steps.forEach(step -> StepRows.put(handle, tenant, step));
    }

    private static TenantId tenantOf(Run run) {
        return run.spec().principal().tenant();
    }

    @Override
    public void start(Lease lease, StepId step, List<ToolCall> calls) {
        change(handle -> {
            TenantId tenant = RunStates.extend(handle, lease, clock.millis());
            var under = new CallRows.Under(tenant, lease, step);
            calls.forEach(call -> CallRows.start(handle, under, call));
        });
    }

    @Override
    public void result(Lease lease, StepId step, ToolCall ended, List<EventRow> events) {
        List<StoredRow> rows = EventCodec.encode(events);
        change(handle -> {
            TenantId tenant = RunStates.extend(handle, lease, clock.millis());
            CallRows.end(handle, new CallRows.Under(tenant, lease, step), ended);
            EventRows.insert(handle, tenant, lease.runId(), rows);
        });
    }

    @Override
    public Commit stepFinished(Lease lease, Run run, RunStep step, List<EventRow> events) {
        List<StoredRow> rows = EventCodec.encode(events);
        return begin(handle -> {
            RunStates.write(handle, lease, run.state(), clock.millis());
            StepRows.end(handle, tenantOf(run), step);
            EventRows.insert(handle, tenantOf(run), run.id(), rows);
        });
    }

    @Override
    public void finish(
            Lease lease,
            Run run,
            List<RunStep> steps,
            List<Message> messages,
            List<EventRow> events) {
        List<StoredRow> rows = EventCodec.encode(events);
        change(handle -> {
            RunStates.write(handle, lease, run.state(), clock.millis());
            EventRows.insert(handle, tenantOf(run), run.id(), rows);
            if (run.spec().ephemeral()) {
                Endings.leaveNoTrace(handle, run);
            } else {
                put(handle, run, steps, messages);
            }
        });
    }

    @Override
    public CancelResult cancel(Principal principal, RunId runId, Instant now) {
        return writes.write(handle -> endings.cancel(handle, principal, runId, now));
    }

    @Override
    public List<Ended> expireQueued(Instant now) {
        List<Ended> all = new ArrayList<>();
        List<Ended> batch;
        do {
            batch = writes.write(handle -> endings.expireQueued(handle, now));
            all.addAll(batch);
        } while (batch.size() == Endings.BATCH);
        return all;
    }

    @Override
    public void log(RunId runId, List<EventRow> rows, Runnable stored) {
        writes.log(runId, EventCodec.encode(rows), stored);
    }

    @Override
    public Set<String> packDigestsInUse() {
        return writes.write(handle -> {
            Set<String> digests = new HashSet<>();
            handle.createQuery(
                            """
                            SELECT pack_digests_json FROM runs
                            WHERE status IN ('in_progress', 'requires_action', 'cancelling')
                            UNION
                            SELECT pack_digests_json FROM runs WHERE status = 'queued'
                            """)
                    .mapTo(String.class)
                    .forEach(json -> digests.addAll(StoredJson.readTexts(json).values()));
            return digests;
        });
    }

    @Override
    public void forget(Instant before) {
        repeat(handle -> IdempotencyRows.forget(handle, before));
        repeat(handle -> endings.forget(handle, before));
    }

    /// Does a piece of work in transactions of its own until there is no more of it.
    private void repeat(Function<Handle, Boolean> work) {
        boolean hasMore;
        do {
            hasMore = writes.write(work);
        } while (hasMore);
    }

    /// Nobody heard that the run was claimed: it is free at once, not when its lease has run out.
    private void giveBackIfClaimed(AcceptResult late) {
        if (late instanceof AcceptResult.Accepted accepted && accepted.claim() != null) {
            giveBack(accepted.claim());
        }
    }

    private void giveBack(Claim claim) {
        writes.writeLater(handle -> {
            RunStates.giveBack(handle, claim.lease(), clock.millis());
            return true;
        });
    }

    private void change(Consumer<Handle> work) {
        begin(work).await();
    }

    private Commit begin(Consumer<Handle> work) {
        return writes.begin(handle -> {
            work.accept(handle);
            return true;
        });
    }
}
