package org.assistantservice.assistant;

import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;

/// The built-in assistant that serves only when there is no other. It has no functions.
final class DevelopmentAssistant {
    static final AssistantId ID = new AssistantId("asst_dev_default");

    private DevelopmentAssistant() {}

    /// @param defaultAssistant becomes its id if it has the form of one
    static RegisteredConfig of(String defaultAssistant) {
        AssistantId id = AssistantId.parse(defaultAssistant).orElse(ID);
        var config =
                new AssistantConfig(
                        id.value(),
                        "Development Assistant",
                        "Hello! I'm your development assistant. How can I help you today?",
                        "You are a helpful assistant. Answer briefly and say when you do not know.",
                        "",
                        List.of(),
                        null,
                        List.of(),
                        "{}",
                        BusyPolicy.ENQUEUE);
        return new RegisteredConfig(id, config, List.of(), Instant.EPOCH);
    }
}
