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

    /// Places of a run among its thread's runs, and of its message among the messages.
    record Places(long run, long message) {
        /// Those in a new thread.
        static final Places FIRST = new Places(1, 1);
    }

    /// An empty thread.
    static void insert(Handle handle, ChatThread thread) {
        insert(handle, thread, false, 1);
    }

    /// A thread made for a run that takes the first places.
    ///
    /// @param ephemeral whether it goes with its last run
    static void insertForRun(Handle handle, ChatThread thread, boolean ephemeral) {
        insert(handle, thread, ephemeral, 2);
    }

    private static void insert(
            Handle handle, ChatThread thread, boolean ephemeral, long nextPlace) {
        AssistantId assistant = thread.assistantId();
        handle.createUpdate(
                        """
                        INSERT INTO threads (tenant_id, id, owner_name, assistant_id, created_at,
                            metadata_json, ephemeral, next_message_seq, next_run_seq)
                        VALUES (:tenant, :id, :owner, :assistant, :created_at,
                            :metadata, :ephemeral, :next, :next)
                        """)
                .bind("tenant", thread.owner().tenant().value())
                .bind("id", thread.id().value())
                .bind("owner", thread.owner().name())
                .bind("assistant", assistant == null ? null : assistant.value())
                .bind("created_at", thread.createdAt().toEpochMilli())
                .bind("metadata", StoredJson.write(thread.metadata()))
                .bind("ephemeral", Columns.flag(ephemeral))
                .bind("next", nextPlace)
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

    /// Gives a run its place among the runs of a thread, and its message one among the messages.
    ///
    /// @return empty if the principal has no such thread
    static Optional<Places> nextPlaces(Handle handle, Principal principal, ThreadId thread) {
        return handle.createQuery(
                        """
                        UPDATE threads SET next_run_seq = next_run_seq + 1,
                            next_message_seq = next_message_seq + 1
                        WHERE tenant_id = :tenant AND id = :id AND owner_name = :owner
                        RETURNING next_run_seq - 1 AS run, next_message_seq - 1 AS message
                        """)
                .bind("tenant", principal.tenant().value())
                .bind("id", thread.value())
                .bind("owner", principal.name())
                .map((row, _) -> new Places(row.getLong("run"), row.getLong("message")))
                .findOne();
    }

    /// Gives a run that waits its place among the runs of a thread.
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
