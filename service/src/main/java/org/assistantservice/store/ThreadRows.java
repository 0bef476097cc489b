package org.assistantservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.ChatThread;
import org.jdbi.v3.core.Handle;

/// Table `threads`.
final class ThreadRows {
    private ThreadRows() {}

    /// @param ephemeral whether it goes with its last run
    static void insert(Handle handle, ChatThread thread, boolean ephemeral) {
        AssistantId assistant = thread.assistantId();
        handle.createUpdate(
                        """
                        INSERT INTO threads (tenant_id, id, owner_name, assistant_id, created_at,
                            metadata_json, ephemeral, next_message_seq, next_run_seq)
                        VALUES (:tenant, :id, :owner, :assistant, :created_at,
                            :metadata, :ephemeral, 1, 1)
                        """)
                .bind("tenant", thread.owner().tenant().value())
                .bind("id", thread.id().value())
                .bind("owner", thread.owner().name())
                .bind("assistant", assistant == null ? null : assistant.value())
                .bind("created_at", thread.createdAt().toEpochMilli())
                .bind("metadata", StoredJson.write(thread.metadata()))
                .bind("ephemeral", Columns.flag(ephemeral))
                .execute();
    }

    static Optional<ChatThread> find(Handle handle, Principal principal, ThreadId id) {
        return handle.createQuery(
                        """
                        SELECT tenant_id, id, owner_name, assistant_id, created_at, metadata_json
                        FROM threads
                        WHERE tenant_id = :tenant AND id = :id AND owner_name = :owner
                        """)
                .bind("tenant", principal.tenant().value())
                .bind("id", id.value())
                .bind("owner", principal.name())
                .map((row, _) -> thread(row))
                .findOne();
    }

    private static ChatThread thread(ResultSet row) throws SQLException {
        String assistant = row.getString("assistant_id");
        return new ChatThread(
                new ThreadId(row.getString("id")),
                new Principal(
                        new TenantId(row.getString("tenant_id")), row.getString("owner_name")),
                assistant == null ? null : new AssistantId(assistant),
                Columns.time(row, "created_at"),
                StoredJson.readTexts(row.getString("metadata_json")));
    }

    static boolean exists(Handle handle, Principal principal, ThreadId id) {
        return handle.createQuery(
                        """
                        SELECT 1 FROM threads
                        WHERE tenant_id = :tenant AND id = :id AND owner_name = :owner
                        """)
                .bind("tenant", principal.tenant().value())
                .bind("id", id.value())
                .bind("owner", principal.name())
                .map((_, _) -> true)
                .findOne()
                .isPresent();
    }

    /// Gives a run its place among the runs of a thread.
    static long nextRunSeq(Handle handle, TenantId tenant, ThreadId thread) {
        return handle.createQuery(
                        """
                        UPDATE threads SET next_run_seq = next_run_seq + 1
                        WHERE tenant_id = :tenant AND id = :thread
                        RETURNING next_run_seq - 1 AS seq
                        """)
                .bind("tenant", tenant.value())
                .bind("thread", thread.value())
                .map((row, _) -> row.getLong("seq"))
                .one();
    }
}
