package org.assistantservice.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteThreadAliasesTest extends ThreadAliasesContract {
    @TempDir private Path directory;

    @Override
    Stores open(SettableClock clock) {
        return new SqliteStores(directory, clock);
    }
}
