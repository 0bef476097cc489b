package org.assistantservice.app;

import java.io.UncheckedIOException;
import java.time.Instant;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.knowledge.StoredFile;
import org.assistantservice.thread.StoreUnavailableException;
import org.assistantservice.thread.ThreadStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes, once after the start, the files of threads that are gone and what a crash left.
record FileSweep(FileStore files, ThreadStore threads) {
    private static final Logger LOG = LoggerFactory.getLogger(FileSweep.class);

    /// Returns at once.
    ///
    /// @param before what came later is not looked at
    void start(Instant before) {
        Thread.ofVirtual().name("file-sweep").start(() -> sweep(before));
    }

    private void sweep(Instant before) {
        try {
            files.sweep(before, this::isWanted);
        } catch (StoreUnavailableException | UncheckedIOException e) {
            LOG.warn("Files that belong to nothing are left until the next start", e);
        }
    }

    private boolean isWanted(FileFolder folder, StoredFile file) {
        return ThreadId.parse(folder.name())
                .map(thread -> threads.find(new Principal(folder.tenant(), file.owner()), thread))
                .map(found -> found.isPresent())
                .orElse(true);
    }
}
