package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assistantservice.identity.TenantId;
import org.assistantservice.record.RecordStore.Space;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordAddTest {
    private static final Space USERS = new Space(TenantId.DEFAULT, "demo.users");

    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void aSpaceWithoutALimitIsNotCounted(@TempDir Path directory) {
        SqliteFile file = new SqliteFile(directory);
        file.prepare();
        try (var writes =
                        new WriteQueue(
                                () -> recorded(file.openDurable()),
                                new DeltaLog(Duration.ofSeconds(1)),
                                Duration.ofSeconds(30));
                var reads = new ReadPool(file::openForReading, Duration.ofSeconds(30))) {
            writes.start();
            var records = new SqlRecordStore(writes, reads);

            assertThat(records.add(USERS, "anna", "1", Long.MAX_VALUE)).isTrue();
            assertThat(done).noneMatch(sql -> sql.contains("COUNT(*)"));

            assertThat(records.add(USERS, "ben", "2", 10)).isTrue();
            assertThat(done).anyMatch(sql -> sql.contains("COUNT(*)"));
        }
    }

    private Handle recorded(Handle handle) {
        handle.getConfig(SqlStatements.class)
                .setSqlLogger(
                        new SqlLogger() {
                            @Override
                            public void logBeforeExecution(StatementContext statement) {
                                done.add(statement.getRawSql());
                            }
                        });
        return handle;
    }
}
