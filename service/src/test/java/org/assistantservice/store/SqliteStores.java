package org.assistantservice.store;

import java.nio.file.Path;
import java.time.Duration;
import org.assistantservice.record.RecordStore;
import org.assistantservice.run.RunJournal;
import org.assistantservice.run.RunReads;
import org.assistantservice.thread.ThreadAliases;
import org.assistantservice.thread.ThreadStore;

/// The embedded store, with more patience than a busy build machine needs.
final class SqliteStores implements StoreContract.Stores {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedStore store;

    SqliteStores(Path directory, SettableClock clock) {
        this.store =
                EmbeddedStore.open(new StoreSettings(directory, "", false), null, clock, PATIENCE);
    }

    @Override
    public RunJournal journal() {
        return store.journal();
    }

    @Override
    public RunReads reads() {
        return store.runReads();
    }

    @Override
    public ThreadStore threads() {
        return store.threads();
    }

    @Override
    public RecordStore records() {
        return store.records();
    }

    @Override
    public ThreadAliases aliases() {
        return store.aliases();
    }

    @Override
    public void close() {
        store.close();
    }
}
