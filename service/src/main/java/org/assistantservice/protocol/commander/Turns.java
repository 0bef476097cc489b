package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.commander.RunEnd.Broken;
import org.assistantservice.protocol.commander.RunEnd.Over;
import org.assistantservice.protocol.commander.RunEnd.Stopping;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.run.Runs;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientConnection;
import org.assistantservice.server.Problem;
import tools.jackson.databind.node.ArrayNode;

/// Has a user's assistant answer a prompt, and waits for the end of it. Blocks; thread-safe.
@Singleton
final class Turns {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM/dd/yy HH:mm:ss", Locale.ROOT);

    private final Runs runs;
    private final RunStreams streams;
    private final UserAssistants assistants;
    private final Conversation conversation;
    private final Clock clock;

    Turns(
            Runs runs,
            RunStreams streams,
            UserAssistants assistants,
            Conversation conversation,
            Clock clock) {
        this.runs = runs;
        this.streams = streams;
        this.assistants = assistants;
        this.conversation = conversation;
        this.clock = clock;
    }

    /// @return the run, which is over
    /// @throws org.assistantservice.run.RunException if the prompt is refused
    /// @throws org.assistantservice.server.ProblemException if the end cannot be waited for
    Run run(HttpRequest<?> request, User user, String prompt)
            throws InterruptedException, ExecutionException {
        Principal owner = user.owner();
        Run run =
                runs.accept(
                                new RunRequest(
                                        assistants.of(user),
                                        user.threadId(),
                                        prompt,
                                        owner,
                                        Caller.correlationId(request),
                                        options()))
                        .run();
        RunEnd end = new RunEnd();
        Subscription subscription = streams.subscribe(owner, RunCursor.start(run.id()), end);
        try (ClientConnection.Watch _ = ClientConnection.onClose(request, end::leave)) {
            return switch (end.outcome().get()) {
                case Over(var over) -> over;
                case Stopping _ -> throw Problem.draining().toException();
                case Broken _ -> throw Refusals.notProcessed().toException();
            };
        } finally {
            subscription.close();
        }
    }

    /// What the run left for its caller.
    ///
    /// @throws org.assistantservice.server.ProblemException 502 if it came to no answer
    ArrayNode answer(User user, Run run, String prompt) {
        return conversation.answer(user, run, prompt);
    }

    /// A prompt whose client has left gives way to the next one.
    private RunRequest.Options options() {
        String now =
                "The current date and time is: %s."
                        .formatted(TIME.format(clock.instant().atZone(ZoneId.systemDefault())));
        return new RunRequest.Options(now, null, null, false, null, true, null);
    }
}
