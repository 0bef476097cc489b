package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.RunSpec;
import org.jdbi.v3.core.Handle;

/// Table `idempotency`: which request a key stood for.
final class IdempotencyRows {
    static final Duration KEY_LIFETIME = Duration.ofHours(24);

    /// How many keys one transaction forgets at most: all others wait for it.
    static final int BATCH = 500;

    private IdempotencyRows() {}

    /// The request that a key came with before.
    record Known(RunId run, String requestHash) {}

    /// @param now epoch milliseconds; a key that is over by then is forgotten
    static Optional<Known> find(Handle handle, TenantId tenant, String key, long now) {
        handle.createUpdate(
                        """
                        DELETE FROM idempotency
                        WHERE tenant_id = :tenant AND key = :key AND expires_at <= :now
                        """)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .bind("now", now)
                .execute();
        return handle.createQuery(
                        """
                        SELECT run_id, request_hash FROM idempotency
                        WHERE tenant_id = :tenant AND key = :key
                        """)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .map((row, _) ->
                        new Known(
                                new RunId(row.getString("run_id")), row.getString("request_hash")))
                .findOne();
    }

    static void insert(Handle handle, RunSpec spec, Idempotency idempotency, long now) {
        handle.createUpdate(
                        """
                        INSERT INTO idempotency (tenant_id, key, request_hash, run_id, expires_at)
                        VALUES (:tenant, :key, :hash, :run, :expires_at)
                        """)
                .bind("tenant", spec.principal().tenant().value())
                .bind("key", idempotency.key())
                .bind("hash", idempotency.requestHash())
                .bind("run", spec.id().value())
                .bind("expires_at", now + KEY_LIFETIME.toMillis())
                .execute();
    }

    /// Forgets at most [#BATCH] keys given before a moment.
    ///
    /// @return whether there may be more
    static boolean forget(Handle handle, Instant before) {
        int forgotten =
                handle.createUpdate(
                                """
                                DELETE FROM idempotency WHERE (tenant_id, key) IN
                                    (SELECT tenant_id, key FROM idempotency
                                    WHERE expires_at < :expired LIMIT :batch)
                                """)
                        .bind("expired", before.plus(KEY_LIFETIME).toEpochMilli())
                        .bind("batch", BATCH)
                        .execute();
        return forgotten == BATCH;
    }
}
