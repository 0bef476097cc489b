package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.protocol.commander.User.UserFile;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadStore;

/// Makes a user's assistant, its thread and its files, all or nothing, in place of those of before.
/// Blocks; thread-safe.
@Singleton
final class Creation {
    private final Users users;
    private final ImageFolders folders;
    private final ThreadStore threads;
    private final FileDownloads downloads;
    private final Leftovers leftovers;
    private final Clock clock;

    Creation(
            Users users,
            ImageFolders folders,
            ThreadStore threads,
            FileDownloads downloads,
            Leftovers leftovers,
            Clock clock) {
        this.users = users;
        this.folders = folders;
        this.threads = threads;
        this.downloads = downloads;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    /// @throws org.assistantservice.server.ProblemException 400 if a file cannot be had; the user's
    ///   assistant of before stays then
    User create(Principal owner, CreateRequest request) throws InterruptedException {
        UserKey key = new UserKey(owner, request.userName());
        ThreadId threadId = ThreadId.random();
        String imageFolder = UUID.randomUUID().toString();
        folders.add(imageFolder, key, threadId);
        boolean isMade = false;
        User user;
        try {
            user = make(key, request, threadId, imageFolder);
            isMade = true;
        } finally {
            if (!isMade) {
                leftovers.discardIfPossible(key, threadId, imageFolder);
            }
        }
        // If this fails, the user may have been stored all the same: what was made stays, and is
        // discarded later if it is not used then.
        users.put(user)
                .ifPresent(before ->
                        leftovers.discardIfPossible(
                                before.key(), before.threadId(), before.imageFolder()));
        return user;
    }

    private User make(UserKey key, CreateRequest request, ThreadId threadId, String imageFolder)
            throws InterruptedException {
        Principal owner = key.owner();
        AssistantId assistantId = AssistantId.random();
        Instant now = Instant.ofEpochMilli(clock.millis());
        threads.create(new ChatThread(threadId, owner, assistantId, now, Map.of()));
        List<UserFile> files =
                downloads.into(FileFolder.of(owner, threadId), owner.name(), request.fileUrls());
        return new User(
                key,
                imageFolder,
                request.name(),
                request.instructions(),
                assistantId,
                threadId,
                files,
                now);
    }
}
