package org.assistantservice.assistant;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;

/// Where assistants come from and which one is the default.
///
/// @param configsDirectory the folder of the local store
/// @param defaultAssistant id or name of the default assistant; empty: chosen by the service
/// @param clientId a stored document of this name is the default before all others
/// @param defaultModel model of assistants that name none; empty: the model client's own default
/// @param pollInterval how often stores and folders are looked at for changes
@ConfigurationProperties("assistant-service.assistants")
public record AssistantSettings(
        @Bindable(defaultValue = "data/configs") Path configsDirectory,
        @Bindable(defaultValue = "") String defaultAssistant,
        @Bindable(defaultValue = "test-client") String clientId,
        @Bindable(defaultValue = "") String defaultModel,
        @Bindable(defaultValue = "1s") Duration pollInterval) {}
