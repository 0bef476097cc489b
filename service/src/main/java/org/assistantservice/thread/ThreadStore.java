package org.assistantservice.thread;

import java.util.Map;
import java.util.Optional;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.jspecify.annotations.Nullable;

/// Keeps threads and their messages. Another principal's thread behaves like one that does not
/// exist. Calls block; thread-safe.
///
/// Every method may throw [StoreUnavailableException].
public interface ThreadStore {
    /// Stores a new thread; on return it is on disk.
    void create(ChatThread thread);

    Optional<ChatThread> find(Principal principal, ThreadId id);

    /// Replaces the thread's metadata.
    ///
    /// @return the changed thread, or empty if there is none
    Optional<ChatThread> changeMetadata(
            Principal principal, ThreadId id, Map<String, String> metadata);

    /// Deletes a thread with all that belongs to it.
    ///
    /// @return whether there was one
    boolean delete(Principal principal, ThreadId id);

    /// A page of the thread's messages; empty if there is no such thread.
    ///
    /// @param runId only the messages of this run, or null
    Page<Message> messages(
            Principal principal, ThreadId id, PageRequest page, @Nullable RunId runId);

    /// Appends a message that no run wrote, e.g. a greeting; on return it is on disk. A run that is
    /// under way does not see it.
    ///
    /// @return whether the principal has the message's thread
    boolean append(Principal principal, Message message);

    Optional<Message> message(Principal principal, ThreadId id, MessageId messageId);
}
