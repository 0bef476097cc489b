package org.assistantservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.Usage;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Tables `runs` and `run_requests`: how a run is stored and read. Where it stands is written by
/// [RunStates].
final class RunRows {
    /// To be followed by a condition.
    static final String SELECT =
            "SELECT * FROM runs JOIN run_requests USING (tenant_id, id) WHERE ";

    private static final String INSERT =
            """
            INSERT INTO runs (tenant_id, id, thread_id, thread_seq, assistant_id,
                assistant_version, principal_name, ephemeral, created_at, accepted_at,
                deadline_at, message_json, message_seq, status, started_at, required_calls_json,
                cancel_requested, pack_digests_json, epoch, attempt, owner, lease_ms,
                lease_until, lease_safe_until, has_events)
            VALUES (:tenant, :id, :thread, :thread_seq, :assistant,
                :assistant_version, :principal, :ephemeral, :created_at, :accepted_at,
                :deadline_at, :message, :message_seq, :status, :started_at, '[]',
                0, '{}', :epoch, :attempt, :owner, :lease_ms,
                :lease_until, :lease_until, 1)
            """;

    private static final String INSERT_REQUEST =
            """
            INSERT INTO run_requests (tenant_id, id, correlation_id, model, instructions,
                tools_digest, sampling_json, round_cap, at_cap, history_window, busy_policy,
                metadata_json)
            VALUES (:tenant, :id, :correlation, :model, :instructions,
                :tools, :sampling, :round_cap, :at_cap, :history_window, :busy_policy,
                :metadata)
            """;

    private final ToolLists toolLists;

    RunRows(ToolLists toolLists) {
        this.toolLists = toolLists;
    }

    /// A run that was just accepted: queued, or claimed with it.
    ///
    /// @param toolsDigest names its functions, which are kept in `tool_lists` already
    /// @param threadSeq its place among the runs of its thread
    /// @param acceptedAt epoch milliseconds; a lease begins then
    /// @param lease of a claimed run's owner, or null
    record NewRun(
            RunRow row,
            BusyPolicy policy,
            String toolsDigest,
            long threadSeq,
            long acceptedAt,
            @Nullable Duration lease) {

        @Nullable Long leaseMillis() {
            return lease == null ? null : lease.toMillis();
        }

        @Nullable Long leaseUntil() {
            return lease == null ? null : acceptedAt + lease.toMillis();
        }
    }

    void insert(Handle handle, NewRun accepted) {
        insertRun(handle, accepted);
        insertRequest(handle, accepted);
    }

    private static void insertRun(Handle handle, NewRun accepted) {
        RunRow row = accepted.row();
        RunSpec spec = row.run().spec();
        handle.createUpdate(INSERT)
                .bind("tenant", row.tenant().value())
                .bind("id", spec.id().value())
                .bind("thread", spec.threadId().value())
                .bind("thread_seq", accepted.threadSeq())
                .bind("assistant", spec.assistantId().value())
                .bind("assistant_version", spec.assistantVersion())
                .bind("principal", spec.principal().name())
                .bind("ephemeral", Columns.flag(spec.ephemeral()))
                .bind("created_at", spec.createdAt().toEpochMilli())
                .bind("accepted_at", accepted.acceptedAt())
                .bind("deadline_at", spec.deadline().toEpochMilli())
                .bind("message", StoredJson.writeNullable(row.waiting()))
                .bind("message_seq", row.messageSeq())
                .bind("status", Columns.name(row.run().status()))
                .bind("started_at", Columns.millis(row.run().state().startedAt()))
                .bind("epoch", row.epoch())
                .bind("attempt", row.attempt())
                .bind("owner", row.owner())
                .bind("lease_ms", accepted.leaseMillis())
                .bind("lease_until", accepted.leaseUntil())
                .execute();
    }

    private static void insertRequest(Handle handle, NewRun accepted) {
        RunSpec spec = accepted.row().run().spec();
        handle.createUpdate(INSERT_REQUEST)
                .bind("tenant", accepted.row().tenant().value())
                .bind("id", spec.id().value())
                .bind("correlation", spec.correlationId().value())
                .bind("model", spec.model())
                .bind("instructions", spec.instructions())
                .bind("tools", accepted.toolsDigest())
                .bind("sampling", StoredJson.write(spec.sampling()))
                .bind("round_cap", spec.roundCap().rounds())
                .bind("at_cap", Columns.name(spec.roundCap().atCap()))
                .bind("history_window", spec.historyWindow())
                .bind("busy_policy", Columns.name(accepted.policy()))
                .bind("metadata", StoredJson.write(spec.metadata()))
                .execute();
    }

    /// The first run that fits.
    ///
    /// @param sql begins with [#SELECT]
    Optional<RunRow> first(Handle handle, String sql, Function<Query, Query> bindings) {
        return bindings.apply(handle.createQuery(sql))
                .map((row, _) -> row(handle, row))
                .findFirst();
    }

    List<RunRow> all(Handle handle, String sql, Function<Query, Query> bindings) {
        return bindings.apply(handle.createQuery(sql)).map((row, _) -> row(handle, row)).list();
    }

    Optional<RunRow> find(Handle handle, Principal principal, RunId id) {
        return first(
                handle,
                SELECT + "tenant_id = :tenant AND id = :id AND principal_name = :principal",
                query ->
                        query.bind("tenant", principal.tenant().value())
                                .bind("id", id.value())
                                .bind("principal", principal.name()));
    }

    /// The run with an id, whosever it is.
    Optional<RunRow> find(Handle handle, RunId id) {
        return first(handle, SELECT + "id = :id", query -> query.bind("id", id.value()));
    }

    RunRow row(Handle handle, ResultSet row) throws SQLException {
        String waiting = row.getString("message_json");
        return new RunRow(
                run(handle, row),
                row.getInt("epoch"),
                row.getInt("attempt"),
                row.getString("owner"),
                row.getInt("cancel_requested") != 0,
                waiting == null ? null : StoredJson.read(waiting, Message.class),
                Columns.nullableLong(row, "message_seq"),
                StoredJson.readTexts(row.getString("pack_digests_json")));
    }

    Run run(Handle handle, ResultSet row) throws SQLException {
        return new Run(spec(handle, row), state(row));
    }

    private RunSpec spec(Handle handle, ResultSet row) throws SQLException {
        TenantId tenant = new TenantId(row.getString("tenant_id"));
        return new RunSpec(
                new RunId(row.getString("id")),
                new ThreadId(row.getString("thread_id")),
                new AssistantId(row.getString("assistant_id")),
                row.getString("assistant_version"),
                new Principal(tenant, row.getString("principal_name")),
                new CorrelationId(row.getString("correlation_id")),
                row.getString("model"),
                row.getString("instructions"),
                toolLists.load(handle, tenant, row.getString("tools_digest")),
                StoredJson.read(row.getString("sampling_json"), Sampling.class),
                new RoundCap(
                        row.getInt("round_cap"),
                        Columns.constant(RoundCap.AtCap.class, row, "at_cap")),
                Columns.nullableInt(row, "history_window"),
                row.getInt("ephemeral") != 0,
                StoredJson.readTexts(row.getString("metadata_json")),
                Columns.time(row, "created_at"),
                Columns.time(row, "deadline_at"));
    }

    private static RunState state(ResultSet row) throws SQLException {
        return new RunState(
                Columns.constant(RunStatus.class, row, "status"),
                Columns.nullableTime(row, "started_at"),
                Columns.nullableTime(row, "ended_at"),
                StoredJson.readNullable(row.getString("error_json"), RunError.class),
                row.getString("incomplete_reason"),
                StoredJson.readList(row.getString("required_calls_json"), ToolCall.class),
                usage(row));
    }

    static @Nullable Usage usage(ResultSet row) throws SQLException {
        Long prompt = Columns.nullableLong(row, "prompt_tokens");
        Long completion = Columns.nullableLong(row, "completion_tokens");
        return prompt == null || completion == null ? null : new Usage(prompt, completion);
    }
}
