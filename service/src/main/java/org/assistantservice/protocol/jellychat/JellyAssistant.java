package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.server.AvailableAssistant;

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

    /// @throws org.assistantservice.run.RunException if there is none, or it cannot serve
    Assistant available() {
        return AvailableAssistant.of(listing());
    }

    /// Its own greeting, else the configured one.
    String greeting(Optional<Assistant> assistant) {
        return assistant
                .map(Assistant::initialMessage)
                .filter(text -> !text.isBlank())
                .orElseGet(settings::greeting);
    }
}
