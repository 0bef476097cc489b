package org.assistantservice.protocol.openai;

import java.util.HashMap;
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

/// Threads in memory. Counts how often it is asked.
final class FakeThreads implements ThreadStore {
    /// Asking for this thread fails.
    static final ThreadId OUT_OF_ORDER = new ThreadId("thread_OutOfOrder");

    private final Map<ThreadId, ChatThread> threads = new HashMap<>();
    private final Map<ThreadId, FakeList<Message>> messages = new HashMap<>();
    private int questions;

    FakeList<Message> messagesOf(ThreadId id) {
        return messages.computeIfAbsent(id, _ -> new FakeList<>(message -> message.id().value()));
    }

    int questions() {
        return questions;
    }

    @Override
    public void create(ChatThread thread) {
        threads.put(thread.id(), thread);
    }

    @Override
    public Optional<ChatThread> find(Principal principal, ThreadId id) {
        questions++;
        if (id.equals(OUT_OF_ORDER)) {
            throw new StoreUnavailableException("disk full at /var/data");
        }
        return Optional.ofNullable(threads.get(id))
                .filter(thread -> thread.owner().equals(principal));
    }

    @Override
    public Page<Message> messages(
            Principal principal, ThreadId id, PageRequest page, @Nullable RunId runId) {
        return find(principal, id)
                .map(_ ->
                        messagesOf(id)
                                .page(
                                        page,
                                        message -> runId == null || runId.equals(message.runId())))
                .orElseThrow();
    }

    @Override
    public Optional<Message> message(Principal principal, ThreadId id, MessageId messageId) {
        questions++;
        return find(principal, id)
                .flatMap(_ ->
                        messagesOf(id).present().stream()
                                .filter(message -> message.id().equals(messageId))
                                .findAny());
    }

    @Override
    public Optional<ChatThread> changeMetadata(
            Principal principal, ThreadId id, Map<String, String> metadata) {
        throw new AssertionError("Reading changes nothing");
    }

    @Override
    public boolean delete(Principal principal, ThreadId id) {
        throw new AssertionError("Reading changes nothing");
    }

    @Override
    public boolean append(Principal principal, Message message) {
        throw new AssertionError("Reading changes nothing");
    }
}
