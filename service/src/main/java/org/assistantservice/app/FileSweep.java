package org.assistantservice.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.knowledge.StoredFile;
import org.assistantservice.server.Chore;
import org.assistantservice.thread.ThreadStore;

/// Deletes the files of threads that are gone and what a crash left.
///
/// @param begun when this process began: what is older is nobody's who is at work
record FileSweep(FileStore files, ThreadStore threads, InstantSource clock, Instant begun)
        implements Chore {
    /// No file is on its way for longer.
    private static final Duration AT_WORK = Duration.ofHours(1);

    @Override
    public void run() {
        Instant old = clock.instant().minus(AT_WORK);
        files.sweep(old.isAfter(begun) ? old : begun, this::isWanted);
    }

    private boolean isWanted(FileFolder folder, StoredFile file) {
        return ThreadId.parse(folder.name())
                .map(thread -> threads.find(new Principal(folder.tenant(), file.owner()), thread))
                .map(found -> found.isPresent())
                .orElse(true);
    }
}
