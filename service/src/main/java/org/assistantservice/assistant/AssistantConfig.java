package org.assistantservice.assistant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An assistant as its author wrote it. What it names is not yet known to exist.
///
/// @param assistantId empty: the service finds the assistant by name or gives it an id
/// @param assistantName display name and selector
/// @param initialMessage greeting of `/start`
/// @param instructions system prompt
/// @param model empty means the service's default model
/// @param functionNames actions as `name` or `<pack>.<name>`
/// @param functionsModule name of a pack whose actions are all added, or null
/// @param functionDefinitions hand-written definitions; they replace the generated schema of the
///   same name
/// @param settingsJson JSON object for the constructors of the actions, `{}` when there is none
public record AssistantConfig(
        String assistantId,
        String assistantName,
        String initialMessage,
        String instructions,
        String model,
        List<String> functionNames,
        @Nullable String functionsModule,
        List<FunctionSchema> functionDefinitions,
        String settingsJson,
        BusyPolicy busy) {

    public AssistantConfig {
        functionNames = List.copyOf(functionNames);
        functionDefinitions = List.copyOf(functionDefinitions);
    }

    /// The same configuration under the id it is stored with.
    public AssistantConfig withId(String id) {
        return new AssistantConfig(
                id,
                assistantName,
                initialMessage,
                instructions,
                model,
                functionNames,
                functionsModule,
                functionDefinitions,
                settingsJson,
                busy);
    }
}
