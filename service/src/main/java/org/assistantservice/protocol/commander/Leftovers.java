package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.protocol.commander.ImageFolders.Folder;
import org.assistantservice.protocol.commander.ImageFolders.Placed;
import org.assistantservice.protocol.commander.User.Listed;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.server.Chore;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.StoreUnavailableException;
import org.assistantservice.thread.ThreadStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what was made for users that are there no more: at once when they go, and as a chore
/// what crashes and failures left. Calls block; thread-safe.
@Singleton
@OfProtocol("commander")
final class Leftovers implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /// No assistant is in the making for longer, nor for longer than this process is there.
    private static final Duration AT_WORK = Duration.ofHours(1);

    private final Users users;
    private final ImageFolders folders;
    private final ThreadStore threads;
    private final FileStore files;

    private final InstantSource clock;
    private final Instant begun;

    Leftovers(
            Users users, ImageFolders folders, ThreadStore threads, FileStore files, Clock clock) {
        this.users = users;
        this.folders = folders;
        this.threads = threads;
        this.files = files;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /// Deletes a user's thread and files.
    void discard(Listed user) {
        discard(user.key(), user.threadId(), user.imageFolder());
    }

    /// Deletes what was made for a user, or leaves it to [#run] if the store does not answer now.
    void discardIfPossible(UserKey user, ThreadId threadId, String imageFolder) {
        try {
            discard(user, threadId, imageFolder);
        } catch (StoreUnavailableException | UncheckedIOException e) {
            LOG.warn(
                    "Thread {} could not be deleted; it is tried again within the hour",
                    threadId,
                    e);
        }
    }

    private void discard(UserKey user, ThreadId threadId, String imageFolder) {
        threads.delete(user.owner(), threadId);
        files.deleteAll(FileFolder.of(user.owner(), threadId));
        users.forget(user.owner().tenant(), imageFolder);
        folders.remove(user.owner().tenant(), imageFolder);
    }

    @Override
    public void run() {
        Instant longAgo = clock.instant().minus(AT_WORK);
        Instant old = longAgo.isAfter(begun) ? longAgo : begun;
        List<Placed> part = folders.list(TenantId.DEFAULT, 0);
        while (!part.isEmpty()) {
            part.stream()
                    .map(Placed::folder)
                    .filter(folder -> folder.createdAt().isBefore(old))
                    .forEach(this::discardUnlessUsed);
            part = folders.list(TenantId.DEFAULT, part.getLast().place());
        }
    }

    private void discardUnlessUsed(Folder folder) {
        boolean isUsed =
                users.find(folder.user())
                        .filter(user -> user.threadId().equals(folder.threadId()))
                        .isPresent();
        if (!isUsed) {
            LOG.info("Deletes what is left of thread {}", folder.threadId());
            discard(folder.user(), folder.threadId(), folder.name());
        }
    }
}
