package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.identity.RunId;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaLogTest {
    private static final StoredRow ROW = new StoredRow(1, 1, 1, 1, "text_delta", 1, "{}");

    /// SQLite's numbers for NORMAL and FULL.
    private static final int RELAXED = 1;

    private static final int DURABLE = 2;

    @TempDir private Path directory;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final List<Handle> opened = new ArrayList<>();
    private SqliteFile file = new SqliteFile(Path.of("."));

    @BeforeEach
    void prepare() {
        file = new SqliteFile(directory);
        file.prepare();
    }

    @AfterEach
    void close() {
        opened.forEach(Handle::close);
    }

    private Handle open() {
        if (failures.getAndDecrement() > 0) {
            throw new ConnectionException(new SQLException("disk I/O error"));
        }
        Handle open = file.openDurable();
        opened.add(open);
        return open;
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgainAndReportedOnce() {
        failures.set(1);
        var log = new DeltaLog(Duration.ZERO);
        boolean first = log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);
        boolean second = log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);

        log.flush(this::open);
        int afterFailure = stored.get();
        log.flush(this::open);
        log.flush(this::open);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(afterFailure).isZero();
        assertThat(stored).hasValue(2);
        assertThat(log.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void rowsBeyondTheBoundAreDroppedAndNeverReported() {
        var log = new DeltaLog(Duration.ZERO);
        log.add(RunId.random(), Collections.nCopies(20_000, ROW), () -> {});

        log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);
        log.flush(this::open);

        assertThat(stored).hasValue(0);
    }

    @Test
    void aReactionThatFailsHoldsUpNoOther() {
        var log = new DeltaLog(Duration.ZERO);
        log.add(
                RunId.random(),
                List.of(ROW),
                () -> {
                    throw new IllegalStateException("no");
                });
        log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);

        log.flush(this::open);

        assertThat(stored).hasValue(1);
    }

    @Test
    void onlyTheDeltasThemselvesDoNotWaitForTheDisk() {
        List<Integer> levels = new ArrayList<>();
        Handle handle = open();
        handle.getConfig(SqlStatements.class)
                .setSqlLogger(
                        new SqlLogger() {
                            @Override
                            public void logBeforeExecution(StatementContext statement) {
                                if (statement.getRawSql().equals("COMMIT")) {
                                    levels.add(syncLevel(handle.getConnection()));
                                }
                            }
                        });
        var log = new DeltaLog(Duration.ZERO);

        for (int i = 0; i < 3; i++) {
            log.add(RunId.random(), List.of(ROW), () -> {});
            log.flush(() -> handle);
            handle.execute("BEGIN");
            handle.execute("COMMIT");
        }

        assertThat(levels).containsExactly(RELAXED, DURABLE, RELAXED, DURABLE, RELAXED, DURABLE);
    }

    private static int syncLevel(Connection connection) {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA synchronous")) {
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite does not tell", e);
        }
    }
}
