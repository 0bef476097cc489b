package org.assistantservice.assistant;

import java.time.Instant;
import java.util.List;
import org.assistantservice.dispatch.AssistantScope;
import org.assistantservice.identity.AssistantId;

/// An assistant as runs use it. Immutable; a changed configuration is a new version.
///
/// @param version digest of the configuration: the same content has the same version
/// @param name display name and selector
/// @param initialMessage greeting of `/start`; never part of a thread
/// @param instructions system prompt
/// @param model requested model name; empty means the configured default, see [#modelOr]
/// @param functions what it may call, in the order offered to the model
/// @param settingsJson JSON object for the constructors of its actions
/// @param createdAt when it was first registered
public record Assistant(
        AssistantId id,
        String version,
        String name,
        String initialMessage,
        String instructions,
        String model,
        List<AssistantFunction> functions,
        String settingsJson,
        BusyPolicy busy,
        Instant createdAt) {

    public Assistant {
        functions = List.copyOf(functions);
    }

    /// The model it asks for: its own, or else the configured default.
    public String modelOr(String defaultModel) {
        return model.isEmpty() ? defaultModel : model;
    }

    public AssistantScope scope() {
        return new AssistantScope(id.value(), version, settingsJson);
    }
}
