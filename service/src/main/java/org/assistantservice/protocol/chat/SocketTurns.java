package org.assistantservice.protocol.chat;

import jakarta.inject.Singleton;
import java.time.Clock;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.chat.ChatTurns.Asker;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.server.Draining;
import org.assistantservice.server.Problem;
import org.assistantservice.server.Problems;
import org.assistantservice.server.StrictJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/// Begins the turns of all sockets. Blocks; thread-safe.
@Singleton
final class SocketTurns {
    private final ChatTurns turns;
    private final RunStreams streams;
    private final ChatMessageReader reader;
    private final Draining draining;
    private final Clock clock;

    SocketTurns(
            ChatTurns turns,
            RunStreams streams,
            ChatMessageReader reader,
            Draining draining,
            Clock clock) {
        this.turns = turns;
        this.streams = streams;
        this.reader = reader;
        this.draining = draining;
        this.clock = clock;
    }

    /// Reads a client's message and begins its turn. Called on a thread of the caller's own, whose
    /// log context is set.
    Begun begin(
            String text,
            Principal principal,
            CorrelationId correlationId,
            SocketTurn.Listener listener) {
        MDC.put("correlation_id", correlationId.value());
        ChatMessage message;
        try {
            message = message(StrictJson.parse(text));
        } catch (StrictJson.Malformed e) {
            return new Begun.NotJson(SocketError.invalidJson(correlationId));
        }
        if (message == null) {
            return new Begun.Refused(SocketError.missingFields(correlationId));
        }
        try {
            reader.check(message);
            Run run =
                    turns.begin(
                            message,
                            new Asker(
                                    principal,
                                    correlationId,
                                    IdempotencyKeys.ofFrame(message, text)));
            MDC.put("thread", run.threadId().value());
            MDC.put("run_id", run.id().value());
            SocketTurn turn = new SocketTurn(correlationId, listener);
            return new Begun.UnderWay(
                    streams.subscribe(principal, RunCursor.start(run.id()), turn));
        } catch (RuntimeException e) {
            return refused(Problems.of(e), correlationId);
        }
    }

    byte[] encoded(SocketError error) {
        return SocketFormat.error(
                error.code(), error.text(), error.correlationId(), clock.instant());
    }

    private Begun refused(Problem problem, CorrelationId correlationId) {
        SocketError error = SocketError.of(problem, correlationId);
        return draining.isDraining() ? new Begun.ShuttingDown(error) : new Begun.Refused(error);
    }

    private static @Nullable ChatMessage message(JsonNode root) throws StrictJson.Malformed {
        String threadId = root.path("thread_id").stringValue("");
        String message = root.path("message").stringValue("");
        boolean isMissing = !root.isObject() || threadId.isEmpty() || message.isBlank();
        return isMissing
                ? null
                : new ChatMessage(
                        threadId,
                        message,
                        root.path("assistant_id").stringValue(null),
                        clientMessageId(root));
    }

    /// What is no text is kept as an id that is refused: without its id a repetition would run
    /// twice.
    private static @Nullable String clientMessageId(JsonNode root) {
        return root.hasNonNull("client_message_id")
                ? root.path("client_message_id").stringValue("")
                : null;
    }

    sealed interface Begun {
        record UnderWay(Subscription subscription) implements Begun {}

        record Refused(SocketError error) implements Begun {}

        record NotJson(SocketError error) implements Begun {}

        record ShuttingDown(SocketError error) implements Begun {}
    }
}
