package org.assistantservice.protocol.stateless;

import jakarta.inject.Singleton;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.Runs;
import org.assistantservice.server.AvailableAssistant;
import org.assistantservice.server.Draining;
import org.assistantservice.thread.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins and cancels turns of which nothing is left afterwards. Blocks; thread-safe.
@Singleton
final class StatelessTurns {
    private static final Logger LOG = LoggerFactory.getLogger(StatelessTurns.class);

    private final Runs runs;
    private final Assistants assistants;
    private final Draining draining;
    private final StatelessSettings settings;

    StatelessTurns(
            Runs runs, Assistants assistants, Draining draining, StatelessSettings settings) {
        this.runs = runs;
        this.assistants = assistants;
        this.draining = draining;
        this.settings = settings;
    }

    /// @throws RunException if the message is refused
    Run begin(StatelessMessage message, Principal principal, CorrelationId correlationId) {
        if (draining.isDraining()) {
            throw new RunException(RunErrorCode.SHUTTING_DOWN, "Service is shutting down");
        }
        RunRequest request =
                new RunRequest(
                        assistant(),
                        null,
                        message.message(),
                        principal,
                        correlationId,
                        options(message));
        return runs.accept(request).run();
    }

    /// Ends a run whose client has left; one that ended by itself stays as it is.
    void cancel(Run run) {
        try {
            runs.cancel(run.spec().principal(), run.id());
        } catch (RunException e) {
            LOG.debug("{} ended by itself", run.id(), e);
        } catch (StoreUnavailableException e) {
            LOG.error("{} was not cancelled and ends at its deadline", run.id(), e);
        }
    }

    private RunRequest.Options options(StatelessMessage message) {
        String instructions = message.systemPrompt().isBlank() ? null : message.systemPrompt();
        return new RunRequest.Options(instructions, null, null, true, null, false, null)
                .withEarlier(message.earlier(settings.maxHistoryMessages()));
    }

    private Assistant assistant() {
        String named = settings.assistant();
        return AvailableAssistant.of(
                named.isEmpty() ? assistants.standard() : assistants.find(named));
    }
}
