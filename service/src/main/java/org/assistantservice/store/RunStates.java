package org.assistantservice.store;

import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.model.Usage;
import org.assistantservice.run.FencedException;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.run.RunState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Writes where a run stands. A terminal state ends its ownership with it.
final class RunStates {
    /// Whoever asked for the run's end keeps seeing it end, whatever its owner says meanwhile.
    private static final String SET_STATE =
            """
            UPDATE runs SET
                status = CASE WHEN cancel_requested = 1 AND :is_active = 1
                    THEN 'cancelling' ELSE :status END,
                started_at = :started_at, ended_at = :ended_at, error_json = :error,
                incomplete_reason = :incomplete_reason, required_calls_json = :required_calls,
                prompt_tokens = :prompt_tokens, completion_tokens = :completion_tokens,
                owner = CASE WHEN :is_active = 1 THEN owner END,
                lease_until = CASE WHEN :is_active = 1 THEN :now + lease_ms END,
                lease_safe_until = CASE WHEN :is_active = 1 THEN :now + lease_ms END
            """;

    /// What a step changes of a run that stays in its status: nothing that an index has, so that
    /// one page is written and not one more for each index.
    private static final String SET_PROGRESS =
            """
            UPDATE runs SET
                started_at = :started_at, error_json = :error,
                incomplete_reason = :incomplete_reason, required_calls_json = :required_calls,
                prompt_tokens = :prompt_tokens, completion_tokens = :completion_tokens,
                lease_until = :now + lease_ms
            """;

    private static final String HELD =
            """
            WHERE id = :id AND epoch = :epoch AND owner = :owner
                AND status IN ('in_progress', 'requires_action', 'cancelling')
            """;

    private static final String STAYS =
            """
                AND status = CASE WHEN cancel_requested = 1 THEN 'cancelling' ELSE :status END
            """;

    private RunStates() {}

    /// Writes the state of a run that is nobody's, or of one that was just claimed.
    ///
    /// @param now epoch milliseconds; an active run's lease begins then
    static void write(Handle handle, TenantId tenant, RunId id, RunState state, long now) {
        bindState(handle, SET_STATE + "WHERE tenant_id = :tenant AND id = :id", state)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .bind("now", now)
                .execute();
    }

    /// Writes the state of a run and extends its lease.
    ///
    /// @throws FencedException if the lease is lost
    static void write(Handle handle, Lease lease, RunState state, long now) {
        boolean isWritten = state.status().isActive() && writeProgress(handle, lease, state, now);
        if (!isWritten
                && bindLease(bindState(handle, SET_STATE + HELD, state), lease)
                                .bind("now", now)
                                .execute()
                        == 0) {
            throw new FencedException(lease);
        }
    }

    /// @return false if the run is not in this status, or the lease is lost
    private static boolean writeProgress(Handle handle, Lease lease, RunState state, long now) {
        return bindLease(
                                bindDetails(
                                        handle.createUpdate(SET_PROGRESS + HELD + STAYS), state),
                                lease)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    /// Extends a lease, the beginning of each write under it.
    ///
    /// @return the run's tenant
    /// @throws FencedException if the lease is lost
    static TenantId extend(Handle handle, Lease lease, long now) {
        return handle.createQuery(
                        "UPDATE runs SET lease_until = :now + lease_ms "
                                + HELD
                                + " RETURNING tenant_id")
                .bind("id", lease.runId().value())
                .bind("epoch", lease.epoch())
                .bind("owner", lease.owner())
                .bind("now", now)
                .map((row, _) -> new TenantId(row.getString("tenant_id")))
                .findOne()
                .orElseThrow(() -> new FencedException(lease));
    }

    /// Extends a lease for as long as its owner asks.
    ///
    /// @return whether it is still held
    static boolean renew(Handle handle, Lease lease, long now, long leaseMillis) {
        return bindLease(
                                handle.createUpdate(
                                        "UPDATE runs SET lease_ms = :lease_ms, lease_until = :until,"
                                                + " lease_safe_until = :until "
                                                + HELD),
                                lease)
                        .bind("lease_ms", leaseMillis)
                        .bind("until", now + leaseMillis)
                        .execute()
                > 0;
    }

    /// @throws FencedException if the lease is lost
    static void giveBack(Handle handle, Lease lease, long now) {
        int rows =
                bindLease(
                                handle.createUpdate(
                                        "UPDATE runs SET owner = NULL, lease_until = :now,"
                                                + " lease_safe_until = :now "
                                                + HELD),
                                lease)
                        .bind("now", now)
                        .execute();
        if (rows == 0) {
            throw new FencedException(lease);
        }
    }

    /// Marks an active run, so that its owner ends it.
    static void requestEnd(Handle handle, TenantId tenant, RunId id) {
        handle.createUpdate(
                        """
                        UPDATE runs SET status = 'cancelling', cancel_requested = 1
                        WHERE tenant_id = :tenant AND id = :id
                            AND status IN ('in_progress', 'requires_action', 'cancelling')
                        """)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    private static Update bindLease(Update update, Lease lease) {
        return update.bind("id", lease.runId().value())
                .bind("epoch", lease.epoch())
                .bind("owner", lease.owner());
    }

    private static Update bindState(Handle handle, String sql, RunState state) {
        return bindDetails(handle.createUpdate(sql), state)
                .bind("is_active", Columns.flag(state.status().isActive()))
                .bind("ended_at", Columns.millis(state.endedAt()));
    }

    private static Update bindDetails(Update update, RunState state) {
        Usage usage = state.usage();
        return update.bind("status", Columns.name(state.status()))
                .bind("started_at", Columns.millis(state.startedAt()))
                .bind("error", StoredJson.writeNullable(state.error()))
                .bind("incomplete_reason", state.incompleteReason())
                .bind("required_calls", StoredJson.write(state.requiredCalls()))
                .bind("prompt_tokens", usage == null ? null : usage.promptTokens())
                .bind("completion_tokens", usage == null ? null : usage.completionTokens());
    }
}
