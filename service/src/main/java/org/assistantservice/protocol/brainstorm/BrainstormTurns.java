package org.assistantservice.protocol.brainstorm;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.protocol.brainstorm.ClientFrame.Asked;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.Runs;
import org.assistantservice.server.Draining;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadAlias;
import org.assistantservice.thread.ThreadAliases;
import org.slf4j.MDC;

/// Begins the turns of all sockets: finds the chat's thread and hands the message over. Blocks;
/// thread-safe.
@Singleton
final class BrainstormTurns {
    /// A message to a busy chat waits for its turn, however many sockets the chat has, and whoever
    /// has left.
    private static final RunRequest.Options OPTIONS =
            new RunRequest.Options(null, null, null, false, BusyPolicy.ENQUEUE, false, null);

    private final Runs runs;
    private final RunStreams streams;
    private final ThreadAliases chats;
    private final ChatAssistant assistant;
    private final Draining draining;
    private final Clock clock;

    BrainstormTurns(
            Runs runs,
            RunStreams streams,
            ThreadAliases chats,
            ChatAssistant assistant,
            Draining draining,
            Clock clock) {
        this.runs = runs;
        this.streams = streams;
        this.chats = chats;
        this.assistant = assistant;
        this.draining = draining;
        this.clock = clock;
    }

    /// Stores the message and its run, and lets `turn` follow it. Called on a thread of the
    /// caller's own, whose log context is set.
    ///
    /// @throws RuntimeException if the message is refused; the turn hears of nothing then
    void begin(Asked asked, Asker asker, Turn turn) {
        MDC.put("correlation_id", asker.correlationId().value());
        if (draining.isDraining()) {
            throw new RunException(RunErrorCode.SHUTTING_DOWN, "Service is shutting down");
        }
        Assistant answering = assistant.get();
        ThreadId thread = thread(asked.chatId(), asker.principal(), answering);
        Run run =
                runs.accept(
                                new RunRequest(
                                        answering,
                                        thread,
                                        asked.message(),
                                        asker.principal(),
                                        asker.correlationId(),
                                        OPTIONS))
                        .run();
        MDC.put("thread", thread.value());
        MDC.put("run_id", run.id().value());
        turn.tie().follow(streams.subscribe(asker.principal(), RunCursor.start(run.id()), turn));
    }

    private ThreadId thread(String chatId, Principal owner, Assistant answering) {
        ChatThread unlessKnown =
                new ChatThread(ThreadId.random(), owner, answering.id(), clock.instant(), Map.of());
        return chats.named(new ThreadAlias(ForgottenChats.SPACE, chatId), unlessKnown);
    }

    /// Who begins a turn.
    record Asker(Principal principal, CorrelationId correlationId) {}
}
