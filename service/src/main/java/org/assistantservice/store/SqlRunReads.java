package org.assistantservice.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// What the journal wrote, read from SQL tables.
final class SqlRunReads implements RunReads {
    private static final String OF_THREAD =
            RunRows.SELECT
                    + "tenant_id = :tenant AND thread_id = :thread AND principal_name = :principal";

    private final ReadPool reads;
    private final RunRows runs;

    SqlRunReads(ReadPool reads, RunRows runs) {
        this.reads = reads;
        this.runs = runs;
    }

    @Override
    public Optional<Run> run(Principal principal, RunId id) {
        return reads.read(handle -> runs.find(handle, principal, id).map(RunRow::run));
    }

    @Override
    public Page<Run> runs(Principal principal, ThreadId threadId, PageRequest page) {
        return reads.read(handle ->
                new Paging<>(
                                OF_THREAD,
                                "thread_seq",
                                ofThread(principal, threadId),
                                id -> place(handle, principal, threadId, id),
                                (row, _) -> runs.run(handle, row))
                        .read(handle, page));
    }

    private static Function<Query, Query> ofThread(Principal principal, ThreadId threadId) {
        return query ->
                query.bind("tenant", principal.tenant().value())
                        .bind("thread", threadId.value())
                        .bind("principal", principal.name());
    }

    private static OptionalLong place(
            Handle handle, Principal principal, ThreadId threadId, String runId) {
        return ofThread(principal, threadId)
                .apply(handle.createQuery(OF_THREAD + " AND id = :id"))
                .bind("id", runId)
                .map((row, _) -> OptionalLong.of(row.getLong("thread_seq")))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    @Override
    public Page<RunStep> steps(Principal principal, RunId runId, PageRequest page) {
        return reads.read(handle ->
                runs.find(handle, principal, runId).isPresent()
                        ? StepRows.listing(handle, principal.tenant(), runId).read(handle, page)
                        : new Page<>(List.of(), false));
    }

    @Override
    public List<SequencedEvent> events(RunId runId, RunCursor after, int limit) {
        if (!after.runId().equals(runId)) {
            throw new IllegalArgumentException(
                    "Cursor %s is not one of %s".formatted(after, runId));
        }
        return reads.read(handle -> {
            LazySpec spec = new LazySpec(handle, runs, runId);
            return EventRows.after(handle, after, limit, spec::get);
        });
    }

    /// Deltas are read without their run.
    private static final class LazySpec {
        private final Handle handle;
        private final RunRows runs;
        private final RunId runId;
        private Optional<RunSpec> loaded = Optional.empty();

        LazySpec(Handle handle, RunRows runs, RunId runId) {
            this.handle = handle;
            this.runs = runs;
            this.runId = runId;
        }

        RunSpec get() {
            if (loaded.isEmpty()) {
                loaded = runs.find(handle, runId).map(row -> row.run().spec());
            }
            return loaded.orElseThrow(
                    () -> new IllegalStateException(runId + " has events but no row"));
        }
    }

    @Override
    public Optional<RunCursor> lastStored(RunId runId) {
        return reads.read(handle -> EventRows.last(handle, runId));
    }

    @Override
    public List<Message> history(Run run, HistoryWindow window) {
        return reads.read(handle ->
                runs.find(handle, run.id())
                        .map(row -> history(handle, row, window))
                        .orElse(List.of()));
    }

    private static List<Message> history(Handle handle, RunRow row, HistoryWindow window) {
        Long place = row.messageSeq();
        if (place == null) {
            throw new IllegalStateException(row.id() + " is queued and has no history yet");
        }
        return HistoryRows.upTo(handle, row.tenant(), row.run().threadId(), place, window);
    }
}
