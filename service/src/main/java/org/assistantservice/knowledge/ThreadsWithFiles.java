package org.assistantservice.knowledge;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.StoreUnavailableException;
import org.assistantservice.thread.ThreadStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads whose files go with them, whoever deletes them.
public final class ThreadsWithFiles implements ThreadStore {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadsWithFiles.class);

    private final ThreadStore threads;
    private final FileStore files;

    public ThreadsWithFiles(ThreadStore threads, FileStore files) {
        this.threads = threads;
        this.files = files;
    }

    /// The thread is gone first, so that no file comes to it any more; see [ThreadFiles]. Files
    /// that cannot be deleted now are found by [FileStore#sweep].
    @Override
    public boolean delete(Principal principal, ThreadId id) {
        boolean isDeleted = threads.delete(principal, id);
        if (isDeleted) {
            try {
                files.deleteAll(FileFolder.of(principal, id));
            } catch (StoreUnavailableException | UncheckedIOException e) {
                LOG.warn("The files of thread {} are left to the next sweep", id, e);
            }
        }
        return isDeleted;
    }

    @Override
    public void create(ChatThread thread) {
        threads.create(thread);
    }

    @Override
    public Optional<ChatThread> find(Principal principal, ThreadId id) {
        return threads.find(principal, id);
    }

    @Override
    public Optional<ChatThread> changeMetadata(
            Principal principal, ThreadId id, Map<String, String> metadata) {
        return threads.changeMetadata(principal, id, metadata);
    }

    @Override
    public Page<Message> messages(
            Principal principal, ThreadId id, PageRequest page, @Nullable RunId runId) {
        return threads.messages(principal, id, page, runId);
    }

    @Override
    public boolean append(Principal principal, Message message) {
        return threads.append(principal, message);
    }

    @Override
    public Optional<Message> message(Principal principal, ThreadId id, MessageId messageId) {
        return threads.message(principal, id, messageId);
    }
}
