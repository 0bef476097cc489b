package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;

/// The assistant that answers this protocol's users. Thread-safe.
@Singleton
final class JellyAssistant {
    private final Assistants assistants;
    private final JellySettings settings;

    JellyAssistant(Assistants assistants, JellySettings settings) {
        this.assistants = assistants;
        this.settings = settings;
    }

    /// As it is now.
    Optional<Listing> listing() {
        return settings.assistant().isEmpty()
                ? assistants.standard()
                : assistants.find(settings.assistant());
    }

    /// @throws RunException if there is none, or it cannot serve
    Assistant available() {
        Listing listing =
                listing()
                        .orElseThrow(() ->
                                new RunException(
                                        RunErrorCode.ASSISTANT_NOT_FOUND, "Assistant not found"));
        if (!listing.isAvailable()) {
            throw new RunException(RunErrorCode.ASSISTANT_UNAVAILABLE, listing.problem());
        }
        return listing.assistant();
    }

    /// Its own greeting, else the configured one.
    String greeting(Optional<Assistant> assistant) {
        return assistant
                .map(Assistant::initialMessage)
                .filter(text -> !text.isBlank())
                .orElseGet(settings::greeting);
    }
}
