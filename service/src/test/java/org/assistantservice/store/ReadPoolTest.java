package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.thread.StoreUnavailableException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadPoolTest {
    @TempDir private Path directory;
    private final AtomicInteger failures = new AtomicInteger();
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
        return file.openForReading();
    }

    @Test
    void aReadThatFailsCostsOneConnection() {
        failures.set(1);
        try (var reads = new ReadPool(this::open, SqliteStores.PATIENCE)) {
            assertThatThrownBy(() -> reads.read(handle -> handle.execute("SELECT 1")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("The store failed: disk I/O error");

            Integer one =
                    reads.read(handle ->
                            handle.createQuery("SELECT 1").map((row, _) -> row.getInt(1)).one());
            assertThat(one).isEqualTo(1);
        }
    }

    @Test
    void aClosedStoreRefusesReads() {
        var reads = new ReadPool(this::open, SqliteStores.PATIENCE);
        reads.close();

        assertThatThrownBy(() -> reads.read(_ -> 1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("The store is closed or too many reads wait");
    }
}
