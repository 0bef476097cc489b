package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.util.Map;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.protocol.jellychat.TurnRecords.Turn;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.run.Runs;
import org.assistantservice.server.Draining;
import org.slf4j.MDC;

/// Begins turns. Blocks; thread-safe.
@Singleton
final class JellyTurns {
    static final String APPLICATION = "application";

    private static final RoundCap ROUNDS = new RoundCap(4, RoundCap.AtCap.ANSWER);

    private final Runs runs;
    private final RunStreams streams;
    private final JellyUsers users;
    private final ModelWindow window;
    private final JellyAssistant assistant;
    private final TurnFollower.Parts parts;
    private final Draining draining;

    JellyTurns(
            Runs runs,
            RunStreams streams,
            Conversations conversations,
            JellyAssistant assistant,
            TurnFollower.Parts parts,
            Draining draining) {
        this.runs = runs;
        this.streams = streams;
        this.users = conversations.users();
        this.window = conversations.window();
        this.assistant = assistant;
        this.parts = parts;
        this.draining = draining;
    }

    /// Whose they are, and what the model sees of them.
    @Singleton
    record Conversations(JellyUsers users, ModelWindow window) {}

    /// Who begins a turn.
    record Asker(Principal principal, CorrelationId correlationId) {}

    /// Begins a turn and lets `sink` follow it to its end. Called on a thread of the caller's own.
    ///
    /// @throws RunException if the message is refused; then nothing of it is stored, but a new user
    ///   and its greeting stay
    Subscription begin(Question question, Asker asker, TurnFollower.Sink sink) {
        MDC.put("correlation_id", asker.correlationId().value());
        if (draining.isDraining()) {
            throw new RunException(RunErrorCode.SHUTTING_DOWN, "Service is shutting down");
        }
        var serving = assistant.available();
        JellyUser user = users.of(asker.principal(), question.token());
        parts.records().settle(user.owner(), user.thread());
        RunId id = RunId.random();
        RunRequest request =
                new RunRequest(
                        serving,
                        user.thread(),
                        question.message(),
                        asker.principal(),
                        asker.correlationId(),
                        options(question, window.next(user)).withId(id));
        Run run = accept(request, new Turn(user.owner(), user.thread(), id));
        MDC.put("thread", run.threadId().value());
        MDC.put("run_id", run.id().value());
        return streams.subscribe(
                run.spec().principal(),
                RunCursor.start(run.id()),
                new TurnFollower(parts, run, sink));
    }

    /// A turn is noted before its run is accepted: whatever happens in between, it cannot be lost.
    /// A message that is refused costs two writes of the store for it.
    private Run accept(RunRequest request, Turn turn) {
        parts.records().begin(turn);
        try {
            return runs.accept(request).run();
        } catch (RunException e) {
            parts.records().refuse(turn);
            throw e;
        }
    }

    /// A message of a user whose turn is under way waits, unless nobody follows that turn any more:
    /// then it is cancelled.
    private static RunRequest.Options options(Question question, int window) {
        return new RunRequest.Options(null, ROUNDS, window, false, BusyPolicy.ENQUEUE, true, null)
                .withMetadata(Map.of(APPLICATION, question.application()));
    }
}
