package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.protocol.commander.ImageFolders.Folder;
import org.assistantservice.protocol.commander.ImageFolders.Placed;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.thread.StoreUnavailableException;
import org.assistantservice.thread.ThreadStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what was made for users that are there no more. Calls block; thread-safe.
@Singleton
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Users users;
    private final ImageFolders folders;
    private final ThreadStore threads;
    private final FileStore files;

    /// Whatever this process makes is younger: it makes nothing before this object.
    private final Instant begun;

    Leftovers(
            Users users, ImageFolders folders, ThreadStore threads, FileStore files, Clock clock) {
        this.users = users;
        this.folders = folders;
        this.threads = threads;
        this.files = files;
        this.begun = Instant.ofEpochMilli(clock.millis());
        Thread.ofVirtual().name("commander-leftovers").start(this::discardOfEarlierProcesses);
    }

    /// Deletes a user's thread and files.
    void discard(User user) {
        discard(user.key(), user.threadId(), user.imageFolder());
    }

    /// Deletes what was made for a user, or leaves it for the next start if the store does not
    /// answer now.
    void discardIfPossible(UserKey user, ThreadId threadId, String imageFolder) {
        try {
            discard(user, threadId, imageFolder);
        } catch (StoreUnavailableException | UncheckedIOException e) {
            LOG.warn("Thread {} could not be deleted; it is tried at next start", threadId, e);
        }
    }

    private void discard(UserKey user, ThreadId threadId, String imageFolder) {
        threads.delete(user.owner(), threadId);
        files.deleteAll(FileFolder.of(user.owner(), threadId));
        folders.remove(user.owner().tenant(), imageFolder);
    }

    /// What a crash cut short is finished here.
    private void discardOfEarlierProcesses() {
        try {
            List<Placed> part = folders.list(TenantId.DEFAULT, 0);
            while (!part.isEmpty()) {
                for (Placed placed : part) {
                    discardUnlessUsed(placed.folder());
                }
                part = folders.list(TenantId.DEFAULT, part.getLast().place());
            }
        } catch (StoreUnavailableException | UncheckedIOException e) {
            LOG.warn("What earlier users left could not be deleted; it is tried at next start", e);
        }
    }

    private void discardUnlessUsed(Folder folder) {
        boolean isUsed =
                users.find(folder.user())
                        .filter(user -> user.threadId().equals(folder.threadId()))
                        .isPresent();
        if (!isUsed && folder.createdAt().isBefore(begun)) {
            LOG.info("Deletes what is left of thread {}", folder.threadId());
            discard(folder.user(), folder.threadId(), folder.name());
        }
    }
}
