package org.assistantservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.EstimatedTokens;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Table `messages`.
final class MessageRows {
    static final String COLUMNS =
            """
            id, thread_id, role, status, content_json, assistant_id, run_id, created_at, ended_at,
            incomplete_reason, metadata_json
            """;

    private static final String INSERT =
            """
            INSERT INTO messages (tenant_id, thread_id, seq, id, run_id, assistant_id, role,
                status, content_json, created_at, ended_at, incomplete_reason,
                metadata_json, estimated_tokens)
            VALUES (:tenant, :thread, :seq, :id, :run, :assistant, :role,
                :status, :content, :created_at, :ended_at, :incomplete_reason, :metadata, :tokens)
            """;

    private MessageRows() {}

    /// One block of a message's content.
    record Block(String type, @Nullable String text) {}

    /// Gives the message the next place of its thread.
    ///
    /// @return that place
    static long append(Handle handle, TenantId tenant, Message message) {
        long seq = nextSeq(handle, tenant, message.threadId());
        insert(handle, tenant, message, seq);
        return seq;
    }

    /// @param seq a place of its thread that was given out to it
    static void insert(Handle handle, TenantId tenant, Message message, long seq) {
        handle.createUpdate(INSERT)
                .bind("tenant", tenant.value())
                .bind("thread", message.threadId().value())
                .bind("seq", seq)
                .bind("id", message.id().value())
                .bind("run", message.runId() == null ? null : message.runId().value())
                .bind(
                        "assistant",
                        message.assistantId() == null ? null : message.assistantId().value())
                .bind("role", Columns.name(message.role()))
                .bind("status", Columns.name(message.status()))
                .bind("content", StoredJson.write(blocks(message)))
                .bind("created_at", message.createdAt().toEpochMilli())
                .bind("ended_at", Columns.millis(message.endedAt()))
                .bind("incomplete_reason", message.incompleteReason())
                .bind("metadata", StoredJson.write(message.metadata()))
                .bind("tokens", EstimatedTokens.ofMessage(message.text()))
                .execute();
    }

    private static long nextSeq(Handle handle, TenantId tenant, ThreadId thread) {
        return handle.createQuery(
                        """
                        UPDATE threads SET next_message_seq = next_message_seq + 1
                        WHERE tenant_id = :tenant AND id = :thread
                        RETURNING next_message_seq - 1 AS seq
                        """)
                .bind("tenant", tenant.value())
                .bind("thread", thread.value())
                .map((row, _) -> row.getLong("seq"))
                .one();
    }

    private static List<Block> blocks(Message message) {
        return message.content().stream().map(text -> new Block("text", text)).toList();
    }

    static Message message(ResultSet row) throws SQLException {
        String assistant = row.getString("assistant_id");
        String run = row.getString("run_id");
        return new Message(
                new MessageId(row.getString("id")),
                new ThreadId(row.getString("thread_id")),
                Columns.constant(Message.Role.class, row, "role"),
                Columns.constant(Message.Status.class, row, "status"),
                texts(row.getString("content_json")),
                assistant == null ? null : new AssistantId(assistant),
                run == null ? null : new RunId(run),
                Columns.time(row, "created_at"),
                Columns.nullableTime(row, "ended_at"),
                row.getString("incomplete_reason"),
                StoredJson.readTexts(row.getString("metadata_json")));
    }

    private static List<String> texts(String contentJson) {
        return StoredJson.readList(contentJson, Block.class).stream()
                .flatMap(block -> Optional.ofNullable(block.text()).stream())
                .toList();
    }

    static void deleteOfRun(Handle handle, TenantId tenant, ThreadId thread, RunId runId) {
        handle.createUpdate(
                        """
                        DELETE FROM messages
                        WHERE tenant_id = :tenant AND thread_id = :thread AND run_id = :run
                        """)
                .bind("tenant", tenant.value())
                .bind("thread", thread.value())
                .bind("run", runId.value())
                .execute();
    }
}
