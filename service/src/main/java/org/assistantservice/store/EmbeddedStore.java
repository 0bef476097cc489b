package org.assistantservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.assistantservice.record.RecordStore;
import org.assistantservice.run.RunJournal;
import org.assistantservice.run.RunReads;
import org.assistantservice.thread.ThreadAliases;
import org.assistantservice.thread.ThreadStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store of a single process: one SQLite file, held by a lock for as long as this is open. It
/// survives a crash of the process and a power cut: each acknowledged write waits for the disk.
/// Thread-safe; to be closed after everything that uses it.
public final class EmbeddedStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration DELTA_INTERVAL = Duration.ofMillis(250);

    private final DirectoryLock lock;
    private final WriteQueue writes;
    private final ReadPool reads;
    private final RunJournal journal;
    private final RunReads runReads;
    private final ThreadStore threads;
    private final RecordStore records;
    private final ThreadAliases aliases;

    private EmbeddedStore(
            DirectoryLock lock, WriteQueue writes, ReadPool reads, InstantSource clock) {
        ToolLists toolLists = new ToolLists();
        RunRows runs = new RunRows(toolLists);
        this.lock = lock;
        this.writes = writes;
        this.reads = reads;
        this.journal = new SqlRunJournal(writes, runs, toolLists, clock);
        this.runReads = new SqlRunReads(reads, runs);
        this.threads = new SqlThreadStore(writes, reads);
        this.records = new SqlRecordStore(writes, reads);
        this.aliases = new SqlThreadAliases(writes, reads);
        writes.start();
    }

    /// Opens the store of a directory; makes directory and database if there is none.
    ///
    /// @param cloudService value of the environment variable `K_SERVICE`, or null. Where it is set,
    ///   disks do not last
    /// @param clock of leases and expiries
    /// @throws StoreOpenException if the store cannot be used; an existing file is left as it is
    public static EmbeddedStore open(
            StoreSettings settings, @Nullable String cloudService, InstantSource clock) {
        return open(settings, cloudService, clock, PATIENCE);
    }

    static EmbeddedStore open(
            StoreSettings settings,
            @Nullable String cloudService,
            InstantSource clock,
            Duration patience) {
        checkAllowed(settings, cloudService);
        Path database = settings.file().toAbsolutePath();
        Path directory = database.resolveSibling(".").normalize();
        DirectoryLock lock = lock(directory);
        boolean isOpen = false;
        try {
            SqliteFile file = new SqliteFile(directory, database.getFileName().toString());
            file.prepare();
            DeltaLog deltas = new DeltaLog(DELTA_INTERVAL);
            var store =
                    new EmbeddedStore(
                            lock,
                            new WriteQueue(file::openDurable, deltas, patience),
                            new ReadPool(file::openForReading, patience),
                            clock);
            isOpen = true;
            return store;
        } finally {
            if (!isOpen) {
                release(lock);
            }
        }
    }

    private static void checkAllowed(StoreSettings settings, @Nullable String cloudService) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new StoreOpenException(String.join("; ", problems));
        }
        boolean isEphemeral = cloudService != null && !cloudService.isEmpty();
        if (isEphemeral && !settings.allowEphemeral()) {
            throw new StoreOpenException(
                    "The embedded database does not survive on Cloud Run (K_SERVICE is %s): set"
                                    .formatted(cloudService)
                            + " ALLOW_EPHEMERAL_STORE=true to accept the loss of all threads");
        }
    }

    private static DirectoryLock lock(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreOpenException(
                    "Cannot make the directory %s: %s".formatted(directory.toAbsolutePath(), e), e);
        }
        return DirectoryLock.acquire(directory);
    }

    public RunJournal journal() {
        return journal;
    }

    public RunReads runReads() {
        return runReads;
    }

    public ThreadStore threads() {
        return threads;
    }

    public RecordStore records() {
        return records;
    }

    public ThreadAliases aliases() {
        return aliases;
    }

    /// How many transactions that changed something were committed and synced since opening; the
    /// delta log's are not among them.
    public long commits() {
        return writes.commits();
    }

    /// Why the store cannot be written to now, for the readiness probe; empty while it can.
    public Optional<String> problem() {
        return writes.problem();
    }

    /// Writes what waits, then gives the directory free.
    @Override
    public void close() {
        writes.close();
        reads.close();
        release(lock);
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The store's lock did not close cleanly", e);
        }
    }
}
