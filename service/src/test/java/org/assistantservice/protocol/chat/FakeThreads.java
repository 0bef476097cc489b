package org.assistantservice.protocol.chat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.assistantservice.identity.AssistantId;
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

/// Threads in memory, with a store that can fail.
final class FakeThreads implements ThreadStore {
    private final Map<ThreadId, ChatThread> threads = new ConcurrentHashMap<>();
    volatile boolean isDown;

    ChatThread add(@Nullable AssistantId assistant) {
        return add(assistant, Principal.ANONYMOUS);
    }

    ChatThread add(@Nullable AssistantId assistant, Principal owner) {
        ChatThread thread =
                new ChatThread(ThreadId.random(), owner, assistant, Samples.NOW, Map.of());
        threads.put(thread.id(), thread);
        return thread;
    }

    @Override
    public void create(ChatThread thread) {
        failIfDown();
        threads.put(thread.id(), thread);
    }

    @Override
    public Optional<ChatThread> find(Principal principal, ThreadId id) {
        failIfDown();
        return Optional.ofNullable(threads.get(id)).filter(it -> it.owner().equals(principal));
    }

    @Override
    public Optional<ChatThread> changeMetadata(
            Principal principal, ThreadId id, Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Principal principal, ThreadId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Message> messages(
            Principal principal, ThreadId id, PageRequest page, @Nullable RunId runId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Message> message(Principal principal, ThreadId id, MessageId messageId) {
        throw new UnsupportedOperationException();
    }

    private void failIfDown() {
        if (isDown) {
            throw new StoreUnavailableException("The fake store is down");
        }
    }

    @Override
    public boolean append(Principal principal, Message message) {
        throw new UnsupportedOperationException();
    }
}
