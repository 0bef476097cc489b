package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadAlias;
import org.assistantservice.thread.ThreadAliases;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Table `thread_aliases`.
final class SqlThreadAliases implements ThreadAliases {
    /// How many names one transaction forgets at most: all others wait for it.
    static final int BATCH = 500;

    /// A use is written down only where the last one is older: a known name costs no commit.
    private static final Duration PRECISION = Duration.ofDays(1);

    private final WriteQueue writes;
    private final ReadPool reads;

    SqlThreadAliases(WriteQueue writes, ReadPool reads) {
        this.writes = writes;
        this.reads = reads;
    }

    @Override
    public ThreadId named(ThreadAlias alias, ChatThread otherwise) {
        long recent = otherwise.createdAt().minus(PRECISION).toEpochMilli();
        return reads.read(handle -> find(handle, alias, otherwise))
                .filter(it -> it.usedAt() >= recent)
                .map(Known::thread)
                .orElseGet(() -> writes.write(handle -> use(handle, alias, otherwise)));
    }

    @Override
    public boolean forget(String space, Instant unusedSince) {
        return writes.write(handle ->
                handle.createUpdate(
                                        """
                                        DELETE FROM thread_aliases
                                        WHERE (tenant_id, owner_name, space, alias) IN
                                            (SELECT tenant_id, owner_name, space, alias
                                            FROM thread_aliases
                                            WHERE space = :space AND used_at < :since LIMIT :batch)
                                        """)
                                .bind("space", space)
                                .bind("since", unusedSince.minus(PRECISION).toEpochMilli())
                                .bind("batch", BATCH)
                                .execute()
                        == BATCH);
    }

    private record Known(ThreadId thread, long usedAt) {}

    private static Optional<Known> find(Handle handle, ThreadAlias alias, ChatThread user) {
        return bound(
                        handle.createQuery(
                                """
                                SELECT thread_id, used_at FROM thread_aliases
                                WHERE tenant_id = :tenant AND owner_name = :owner
                                    AND space = :space AND alias = :alias
                                """),
                        alias,
                        user)
                .map((row, _) ->
                        new Known(new ThreadId(row.getString("thread_id")), row.getLong("used_at")))
                .findOne();
    }

    private static ThreadId use(Handle handle, ThreadAlias alias, ChatThread user) {
        Optional<Known> known = find(handle, alias, user);
        if (known.isPresent()) {
            touch(handle, alias, user);
            return known.get().thread();
        }
        ThreadRows.insert(handle, user);
        insert(handle, alias, user);
        return user.id();
    }

    private static void touch(Handle handle, ThreadAlias alias, ChatThread user) {
        bound(
                        handle.createUpdate(
                                """
                                UPDATE thread_aliases SET used_at = :now
                                WHERE tenant_id = :tenant AND owner_name = :owner
                                    AND space = :space AND alias = :alias
                                """),
                        alias,
                        user)
                .bind("now", user.createdAt().toEpochMilli())
                .execute();
    }

    private static void insert(Handle handle, ThreadAlias alias, ChatThread user) {
        bound(
                        handle.createUpdate(
                                """
                                INSERT INTO thread_aliases
                                    (tenant_id, owner_name, space, alias, thread_id, used_at)
                                VALUES (:tenant, :owner, :space, :alias, :thread, :now)
                                """),
                        alias,
                        user)
                .bind("thread", user.id().value())
                .bind("now", user.createdAt().toEpochMilli())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(
            S statement, ThreadAlias alias, ChatThread user) {
        return statement
                .bind("tenant", user.owner().tenant().value())
                .bind("owner", user.owner().name())
                .bind("space", alias.space())
                .bind("alias", alias.name());
    }
}
