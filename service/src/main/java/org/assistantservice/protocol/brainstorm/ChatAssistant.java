package org.assistantservice.protocol.brainstorm;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.server.AvailableAssistant;

/// Which assistant answers: the one that this protocol's setting names. Without it `Brainstormer`,
/// but where `ASSISTANT_ID` is set and no other protocol is on, that one. Thread-safe.
@Singleton
final class ChatAssistant {
    private static final String BRAINSTORMER = "Brainstormer";

    private final Assistants assistants;
    private final String name;

    /// @param protocols names of the protocols that are on
    /// @param ofService value of `ASSISTANT_ID`, or empty
    ChatAssistant(
            Assistants assistants,
            BrainstormSettings settings,
            @Value("${assistant-service.protocols:}") List<String> protocols,
            @Value("${assistant-service.assistants.default-assistant:}") String ofService) {
        this.assistants = assistants;
        this.name = name(settings.assistant(), protocols, ofService);
    }

    /// @throws org.assistantservice.run.RunException if there is none, or it cannot serve
    Assistant get() {
        return AvailableAssistant.of(assistants.find(name));
    }

    private static String name(String own, List<String> protocols, String ofService) {
        if (!own.isBlank()) {
            return own.strip();
        }
        boolean isAlone =
                protocols.stream().map(String::strip).toList().equals(List.of("brainstorm"));
        return isAlone && !ofService.isBlank() ? ofService.strip() : BRAINSTORMER;
    }
}
