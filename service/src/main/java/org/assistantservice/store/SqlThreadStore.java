package org.assistantservice.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadStore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Threads and messages in SQL tables.
final class SqlThreadStore implements ThreadStore {
    private static final String PLACE =
            """
            SELECT seq FROM messages WHERE tenant_id = :tenant AND thread_id = :thread AND id = :id
            UNION ALL
            SELECT seq FROM deleted_messages
            WHERE tenant_id = :tenant AND thread_id = :thread AND id = :id
            """;

    private final WriteQueue writes;
    private final ReadPool reads;

    SqlThreadStore(WriteQueue writes, ReadPool reads) {
        this.writes = writes;
        this.reads = reads;
    }

    @Override
    public void create(ChatThread thread) {
        writes.write(handle -> {
            ThreadRows.insert(handle, thread);
            return true;
        });
    }

    @Override
    public Optional<ChatThread> find(Principal principal, ThreadId id) {
        return reads.read(handle -> ThreadRows.find(handle, principal, id));
    }

    @Override
    public Optional<ChatThread> changeMetadata(
            Principal principal, ThreadId id, Map<String, String> metadata) {
        return writes.write(handle -> {
            handle.createUpdate(
                            """
                            UPDATE threads SET metadata_json = :metadata
                            WHERE tenant_id = :tenant AND id = :id AND owner_name = :owner
                            """)
                    .bind("metadata", StoredJson.write(metadata))
                    .bind("tenant", principal.tenant().value())
                    .bind("id", id.value())
                    .bind("owner", principal.name())
                    .execute();
            return ThreadRows.find(handle, principal, id);
        });
    }

    /// What belongs to the thread goes with it by the tables' foreign keys; a run under way is lost
    /// to its owner with that.
    @Override
    public boolean delete(Principal principal, ThreadId id) {
        return writes.write(handle ->
                handle.createUpdate(
                                        """
                                        DELETE FROM threads
                                        WHERE tenant_id = :tenant AND id = :id
                                            AND owner_name = :owner
                                        """)
                                .bind("tenant", principal.tenant().value())
                                .bind("id", id.value())
                                .bind("owner", principal.name())
                                .execute()
                        > 0);
    }

    @Override
    public boolean append(Principal principal, Message message) {
        return writes.write(handle -> {
            boolean exists = ThreadRows.exists(handle, principal, message.threadId());
            if (exists) {
                MessageRows.append(handle, principal.tenant(), message);
            }
            return exists;
        });
    }

    @Override
    public Page<Message> messages(
            Principal principal, ThreadId id, PageRequest page, @Nullable RunId runId) {
        return reads.read(handle ->
                ThreadRows.exists(handle, principal, id)
                        ? listing(handle, principal, id, runId).read(handle, page)
                        : new Page<>(List.of(), false));
    }

    private static Paging<Message> listing(
            Handle handle, Principal principal, ThreadId id, @Nullable RunId runId) {
        String tenant = principal.tenant().value();
        return new Paging<>(
                "SELECT "
                        + MessageRows.COLUMNS
                        + " FROM messages WHERE tenant_id = :tenant AND thread_id = :thread"
                        + (runId == null ? "" : " AND run_id = :run"),
                "seq",
                query -> {
                    query.bind("tenant", tenant).bind("thread", id.value());
                    return runId == null ? query : query.bind("run", runId.value());
                },
                messageId -> place(handle, tenant, id, messageId),
                (row, _) -> MessageRows.message(row));
    }

    private static OptionalLong place(Handle handle, String tenant, ThreadId id, String messageId) {
        return handle.createQuery(PLACE)
                .bind("tenant", tenant)
                .bind("thread", id.value())
                .bind("id", messageId)
                .map((row, _) -> OptionalLong.of(row.getLong("seq")))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Message> message(Principal principal, ThreadId id, MessageId messageId) {
        return reads.read(handle ->
                ThreadRows.exists(handle, principal, id)
                        ? find(handle, principal, id, messageId)
                        : Optional.empty());
    }

    private static Optional<Message> find(
            Handle handle, Principal principal, ThreadId id, MessageId messageId) {
        return handle.createQuery(
                        "SELECT "
                                + MessageRows.COLUMNS
                                + """
                                FROM messages
                                WHERE tenant_id = :tenant AND thread_id = :thread AND id = :id
                                """)
                .bind("tenant", principal.tenant().value())
                .bind("thread", id.value())
                .bind("id", messageId.value())
                .map((row, _) -> MessageRows.message(row))
                .findOne();
    }
}
