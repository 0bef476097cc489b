package org.assistantservice.assistant;

import java.util.List;
import org.assistantservice.identity.Sha256;

/// Makes the assistants that runs use out of registered configurations.
final class AssistantVersions {
    private final String defaultModel;

    /// @param defaultModel model of assistants that name none; may be empty
    AssistantVersions(String defaultModel) {
        this.defaultModel = defaultModel;
    }

    /// @param functions what its names mean
    Assistant of(RegisteredConfig registered, List<AssistantFunction> functions) {
        AssistantConfig config = registered.config();
        String model = config.model().isBlank() ? defaultModel : config.model();
        return new Assistant(
                registered.id(),
                version(config, model, functions),
                config.assistantName(),
                config.initialMessage(),
                config.instructions(),
                model,
                functions,
                config.settingsJson(),
                config.busy(),
                registered.createdAt());
    }

    /// The same whatever the id and the time of registration are.
    private static String version(
            AssistantConfig config, String model, List<AssistantFunction> functions) {
        var content = StoredConfigJson.content(config.withId(""), functions);
        content.put("model", model);
        return Sha256.hex(JsonText.write(content));
    }
}
