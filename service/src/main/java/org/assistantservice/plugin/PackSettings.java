package org.assistantservice.plugin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;

/// Where packs are found and how they are loaded; configured under `assistant-service.packs`.
///
/// @param directory each folder in it that has JARs is a pack; may be missing
/// @param copiesDirectory where private copies of packs are kept, the service's alone
/// @param actionDataDirectory parent of the folders that actions may keep data in
/// @param threadsPerPack how many calls of one pack run at once
/// @param abandonedBeforeQuarantine how many calls may outlive their deadline before the pack takes
///   no more
/// @param loadTimeout how long classes and constructors of one pack may take to load
/// @param pollInterval how often the directory is looked at
@ConfigurationProperties("assistant-service.packs")
public record PackSettings(
        @Bindable(defaultValue = "assistants") Path directory,
        @Bindable(defaultValue = "data/packs") Path copiesDirectory,
        @Bindable(defaultValue = "data/actions") Path actionDataDirectory,
        @Bindable(defaultValue = "8") @Positive int threadsPerPack,
        @Bindable(defaultValue = "3") @Positive int abandonedBeforeQuarantine,
        @Bindable(defaultValue = "30s") Duration loadTimeout,
        @Bindable(defaultValue = "1s") Duration pollInterval) {}
