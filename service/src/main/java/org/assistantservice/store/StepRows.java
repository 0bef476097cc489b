package org.assistantservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Usage;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.RunStep.MessageCreation;
import org.assistantservice.run.RunStep.ToolCalls;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Table `run_steps`, with the calls of each step; see [CallRows].
final class StepRows {
    private static final String MESSAGE_CREATION = "message_creation";
    private static final String TOOL_CALLS = "tool_calls";
    private static final String SELECT =
            """
            SELECT s.*, r.thread_id, r.assistant_id
            FROM run_steps s JOIN runs r ON r.tenant_id = s.tenant_id AND r.id = s.run_id
            WHERE s.tenant_id = :tenant AND s.run_id = :run
            """;

    private static final String PUT =
            """
            INSERT INTO run_steps (tenant_id, run_id, seq, id, type, status, message_id,
                text, created_at, ended_at, error_json, prompt_tokens,
                completion_tokens)
            VALUES (:tenant, :run, :seq, :id, :type, :status, :message,
                :text, :created_at, :ended_at, :error, :prompt_tokens,
                :completion_tokens)
            ON CONFLICT (tenant_id, run_id, seq) DO UPDATE SET
                status = excluded.status, text = excluded.text,
                ended_at = excluded.ended_at, error_json = excluded.error_json,
                prompt_tokens = excluded.prompt_tokens,
                completion_tokens = excluded.completion_tokens
            """;

    private static final String END =
            """
            UPDATE run_steps SET status = :status, text = :text,
                ended_at = :ended_at, error_json = :error, prompt_tokens = :prompt_tokens,
                completion_tokens = :completion_tokens
            WHERE tenant_id = :tenant AND run_id = :run AND seq = :seq AND id = :id
            """;

    private StepRows() {}

    /// Stores a step with its calls, or brings a stored one to this form.
    static void put(Handle handle, TenantId tenant, RunStep step) {
        bindState(handle.createUpdate(PUT), tenant, step)
                .bind("created_at", step.createdAt().toEpochMilli())
                .bind("type", type(step.details()))
                .bind(
                        "message",
                        step.details() instanceof MessageCreation(var id) ? id.value() : null)
                .execute();
        if (step.details() instanceof ToolCalls(_, var calls)) {
            CallRows.put(handle, tenant, step, calls);
        }
    }

    /// Brings a stored round to its end, with its calls.
    ///
    /// @throws IllegalStateException if the round is not stored: its plan was asked for and lost
    static void end(Handle handle, TenantId tenant, RunStep round) {
        if (bindState(handle.createUpdate(END), tenant, round).execute() == 0) {
            throw new IllegalStateException(
                    "The plan of %s of %s is not stored".formatted(round.id(), round.runId()));
        }
        if (round.details() instanceof ToolCalls(_, var calls)) {
            CallRows.put(handle, tenant, round, calls);
        }
    }

    private static Update bindState(Update update, TenantId tenant, RunStep step) {
        Usage usage = step.usage();
        return update.bind("tenant", tenant.value())
                .bind("run", step.runId().value())
                .bind("seq", step.seq())
                .bind("id", step.id().value())
                .bind("status", Columns.name(step.status()))
                .bind("text", step.details() instanceof ToolCalls(var text, _) ? text : null)
                .bind("ended_at", Columns.millis(step.endedAt()))
                .bind("error", StoredJson.writeNullable(step.error()))
                .bind("prompt_tokens", usage == null ? null : usage.promptTokens())
                .bind("completion_tokens", usage == null ? null : usage.completionTokens());
    }

    private static String type(RunStep.Details details) {
        return switch (details) {
            case MessageCreation _ -> MESSAGE_CREATION;
            case ToolCalls _ -> TOOL_CALLS;
        };
    }

    /// The steps of a run, in order.
    static List<RunStep> ofRun(Handle handle, TenantId tenant, RunId runId) {
        return handle.createQuery(SELECT + " ORDER BY s.seq")
                .bind("tenant", tenant.value())
                .bind("run", runId.value())
                .map((row, _) -> step(handle, tenant, row))
                .list();
    }

    static Paging<RunStep> listing(Handle handle, TenantId tenant, RunId runId) {
        return new Paging<>(
                SELECT,
                "s.seq",
                query -> query.bind("tenant", tenant.value()).bind("run", runId.value()),
                id -> place(handle, tenant, runId, id),
                (row, _) -> step(handle, tenant, row));
    }

    private static OptionalLong place(Handle handle, TenantId tenant, RunId runId, String id) {
        return handle.createQuery(
                        """
                        SELECT seq FROM run_steps
                        WHERE tenant_id = :tenant AND run_id = :run AND id = :id
                        """)
                .bind("tenant", tenant.value())
                .bind("run", runId.value())
                .bind("id", id)
                .map((row, _) -> OptionalLong.of(row.getLong("seq")))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    private static RunStep step(Handle handle, TenantId tenant, ResultSet row) throws SQLException {
        RunId runId = new RunId(row.getString("run_id"));
        int seq = row.getInt("seq");
        RunStep.Details details =
                switch (row.getString("type")) {
                    case MESSAGE_CREATION ->
                            new MessageCreation(new MessageId(row.getString("message_id")));
                    case TOOL_CALLS ->
                            new ToolCalls(
                                    row.getString("text"),
                                    CallRows.ofStep(handle, tenant, runId, seq));
                    default ->
                            throw new IllegalStateException(
                                    "Unknown type of step: " + row.getString("type"));
                };
        return new RunStep(
                new StepId(row.getString("id")),
                runId,
                new ThreadId(row.getString("thread_id")),
                new AssistantId(row.getString("assistant_id")),
                seq,
                Columns.constant(RunStep.Status.class, row, "status"),
                details,
                Columns.time(row, "created_at"),
                Columns.nullableTime(row, "ended_at"),
                StoredJson.readNullable(row.getString("error_json"), RunError.class),
                RunRows.usage(row));
    }
}
