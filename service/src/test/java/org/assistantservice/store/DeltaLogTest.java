package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.identity.RunId;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaLogTest {
    private static final StoredRow ROW = new StoredRow(1, 1, 1, 1, "text_delta", 1, "{}");

    @TempDir private Path directory;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private SqliteFile file = new SqliteFile(Path.of("."));

    @BeforeEach
    void prepare() {
        file = new SqliteFile(directory);
        file.prepare();
    }

    private Handle open() {
        if (failures.getAndDecrement() > 0) {
            throw new ConnectionException(new SQLException("disk I/O error"));
        }
        return file.openRelaxed();
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgainAndReportedOnce() {
        failures.set(1);
        try (var log = new DeltaLog(this::open, Duration.ZERO)) {
            boolean first = log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);
            boolean second = log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);

            log.flush();
            int afterFailure = stored.get();
            log.flush();
            log.flush();

            assertThat(first).isTrue();
            assertThat(second).isFalse();
            assertThat(afterFailure).isZero();
            assertThat(stored).hasValue(2);
            assertThat(log.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void rowsBeyondTheBoundAreDroppedAndNeverReported() {
        try (var log = new DeltaLog(this::open, Duration.ZERO)) {
            log.add(RunId.random(), Collections.nCopies(20_000, ROW), () -> {});

            log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);
            log.flush();

            assertThat(stored).hasValue(0);
        }
    }

    @Test
    void aReactionThatFailsHoldsUpNoOther() {
        try (var log = new DeltaLog(this::open, Duration.ZERO)) {
            log.add(
                    RunId.random(),
                    List.of(ROW),
                    () -> {
                        throw new IllegalStateException("no");
                    });
            log.add(RunId.random(), List.of(ROW), stored::incrementAndGet);

            log.flush();

            assertThat(stored).hasValue(1);
        }
    }
}
