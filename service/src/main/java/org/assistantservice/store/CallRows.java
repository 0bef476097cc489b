package org.assistantservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.jdbi.v3.core.Handle;

/// Table `tool_calls`. The table itself refuses to start a call twice that may happen only once,
/// and to change a result.
final class CallRows {
    private static final String OF_STEP =
            """
            WHERE tenant_id = :tenant AND run_id = :run AND idx = :idx AND step_seq =
                (SELECT seq FROM run_steps
                WHERE tenant_id = :tenant AND run_id = :run AND id = :step)
            """;

    private static final String PUT =
            """
            INSERT INTO tool_calls (tenant_id, run_id, step_seq, idx, call_id, name,
                pack, action, effect, args_json, extra_json, state, output, started_epoch)
            VALUES (:tenant, :run, :step_seq, :idx, :call, :name,
                :pack, :action, :effect, :args, :extra, :state, :output,
                CASE :state WHEN 'started' THEN
                    (SELECT epoch FROM runs WHERE tenant_id = :tenant AND id = :run) END)
            ON CONFLICT (tenant_id, run_id, step_seq, idx) DO UPDATE SET
                state = excluded.state, output = excluded.output
            WHERE tool_calls.state NOT IN
                ('rejected', 'done', 'failed', 'unknown')
            """;

    private CallRows() {}

    /// Whose call it is, and who changes it.
    record Under(TenantId tenant, Lease lease, StepId step) {}

    static void put(Handle handle, TenantId tenant, RunStep step, List<ToolCall> calls) {
        for (ToolCall call : calls) {
            ActionRef action = call.action();
            handle.createUpdate(PUT)
                    .bind("tenant", tenant.value())
                    .bind("run", step.runId().value())
                    .bind("step_seq", step.seq())
                    .bind("idx", call.index())
                    .bind("call", call.id().value())
                    .bind("name", call.name())
                    .bind("pack", action == null ? null : action.pack())
                    .bind("action", action == null ? null : action.action())
                    .bind("effect", Columns.name(call.effect()))
                    .bind("args", call.argumentsJson())
                    .bind("extra", call.extraJson())
                    .bind("state", Columns.name(call.state()))
                    .bind("output", call.output())
                    .execute();
        }
    }

    /// @throws IllegalStateException if the call was started before and may happen only once, or is
    ///   over
    static void start(Handle handle, Under under, ToolCall call) {
        int rows =
                handle.createUpdate(
                                "UPDATE tool_calls SET state = 'started', started_epoch = :epoch "
                                        + OF_STEP
                                        + """
                                        AND (state IN ('planned', 'approved')
                                            OR state = 'started' AND effect <> 'once')
                                        """)
                        .bind("epoch", under.lease().epoch())
                        .bind("tenant", under.tenant().value())
                        .bind("run", under.lease().runId().value())
                        .bind("step", under.step().value())
                        .bind("idx", call.index())
                        .execute();
        if (rows == 0) {
            throw refused(under, call, "cannot be started");
        }
    }

    /// @throws IllegalStateException if the call has a result
    static void end(Handle handle, Under under, ToolCall call) {
        int rows =
                handle.createUpdate(
                                "UPDATE tool_calls SET state = :state, output = :output "
                                        + OF_STEP
                                        + " AND state NOT IN ('rejected', 'done', 'failed', 'unknown')")
                        .bind("state", Columns.name(call.state()))
                        .bind("output", call.output())
                        .bind("tenant", under.tenant().value())
                        .bind("run", under.lease().runId().value())
                        .bind("step", under.step().value())
                        .bind("idx", call.index())
                        .execute();
        if (rows == 0) {
            throw refused(under, call, "cannot be given a result");
        }
    }

    private static IllegalStateException refused(Under under, ToolCall call, String what) {
        return new IllegalStateException(
                "Call %d of %s of %s %s in its stored state"
                        .formatted(call.index(), under.step(), under.lease().runId(), what));
    }

    static List<ToolCall> ofStep(Handle handle, TenantId tenant, RunId runId, int stepSeq) {
        return handle.createQuery(
                        """
                        SELECT * FROM tool_calls
                        WHERE tenant_id = :tenant AND run_id = :run AND step_seq = :step
                        ORDER BY idx
                        """)
                .bind("tenant", tenant.value())
                .bind("run", runId.value())
                .bind("step", stepSeq)
                .map((row, _) -> call(row))
                .list();
    }

    private static ToolCall call(ResultSet row) throws SQLException {
        String pack = row.getString("pack");
        return new ToolCall(
                new CallId(row.getString("call_id")),
                row.getInt("idx"),
                row.getString("name"),
                pack == null ? null : new ActionRef(pack, row.getString("action")),
                Columns.constant(Effect.class, row, "effect"),
                row.getString("args_json"),
                row.getString("extra_json"),
                Columns.constant(ToolCall.State.class, row, "state"),
                row.getString("output"));
    }
}
