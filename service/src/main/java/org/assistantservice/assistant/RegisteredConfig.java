package org.assistantservice.assistant;

import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;

/// A configuration as the store keeps it.
///
/// @param functions what its names meant when it was registered, so that a pack dropped in later
///   changes nothing; null for a file placed by hand, whose names mean what they mean now
/// @param createdAt when it was first registered, in whole seconds
public record RegisteredConfig(
        AssistantId id,
        AssistantConfig config,
        @Nullable List<AssistantFunction> functions,
        Instant createdAt) {

    public RegisteredConfig {
        functions = functions == null ? null : List.copyOf(functions);
    }
}
