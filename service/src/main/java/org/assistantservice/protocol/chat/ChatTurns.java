package org.assistantservice.protocol.chat;

import jakarta.inject.Singleton;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.Runs;
import org.assistantservice.server.AvailableAssistant;
import org.assistantservice.server.Draining;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadStore;
import org.jspecify.annotations.Nullable;

/// Begins turns: finds the thread and the assistant that serves it, and hands the message over.
/// Blocks; thread-safe.
@Singleton
final class ChatTurns {
    private final Runs runs;
    private final Assistants assistants;
    private final ThreadStore threads;
    private final Draining draining;

    ChatTurns(Runs runs, Assistants assistants, ThreadStore threads, Draining draining) {
        this.runs = runs;
        this.assistants = assistants;
        this.threads = threads;
        this.draining = draining;
    }

    /// Stores the message and its run.
    ///
    /// @throws RunException if it is refused; nothing is stored then
    Run begin(ChatMessage message, Asker asker) {
        refuseWhileDraining();
        ThreadId threadId = null;
        Assistant assistant;
        if (message.isForNewThread()) {
            assistant = assistant(message.assistantId());
        } else {
            ChatThread thread = thread(message, asker.principal());
            threadId = thread.id();
            assistant = assistantOf(thread);
        }
        return runs.accept(
                        new RunRequest(
                                assistant,
                                threadId,
                                message.message(),
                                asker.principal(),
                                asker.correlationId(),
                                options(asker.idempotency())))
                .run();
    }

    /// The assistant with this id or name, or the standard one if there is no name.
    ///
    /// @throws RunException if there is none, or it cannot serve
    Assistant assistant(@Nullable String idOrName) {
        return AvailableAssistant.of(
                idOrName == null ? assistants.standard() : assistants.find(idOrName));
    }

    /// @throws RunException if the service is on its way out
    void refuseWhileDraining() {
        if (draining.isDraining()) {
            throw new RunException(RunErrorCode.SHUTTING_DOWN, "Service is shutting down");
        }
    }

    private ChatThread thread(ChatMessage message, Principal principal) {
        return ThreadId.parse(message.threadId())
                .flatMap(it -> threads.find(principal, it))
                .orElseThrow(
                        () -> new RunException(RunErrorCode.THREAD_NOT_FOUND, "Thread not found"));
    }

    private Assistant assistantOf(ChatThread thread) {
        AssistantId id = thread.assistantId();
        return assistant(id == null ? null : id.value());
    }

    private static RunRequest.Options options(@Nullable Idempotency idempotency) {
        return new RunRequest.Options(null, null, null, false, null, true, idempotency);
    }

    /// Who begins a turn.
    record Asker(
            Principal principal, CorrelationId correlationId, @Nullable Idempotency idempotency) {}
}
