package org.assistantservice.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRecordStoreTest extends RecordStoreContract {
    @TempDir private Path directory;

    @Override
    Stores open(SettableClock clock) {
        return new SqliteStores(directory, clock);
    }
}
