package org.assistantservice.plugin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import jakarta.validation.constraints.Positive;

/// Bounds of a pack's JARs; configured under `assistant-service.packs.jars`.
///
/// @param maxPerPack how many JARs one pack may have
/// @param maxSize bytes of one JAR, e.g. `256MB`
/// @param maxEntries entries of one JAR, folders included
/// @param maxInflatedSize bytes of one JAR's content, counted while it is unpacked
/// @param maxRatio how many times larger than the JAR its content may be; looked at from 16 MB of
///   content on
@ConfigurationProperties("assistant-service.packs.jars")
public record JarLimits(
        @Bindable(defaultValue = "200") @Positive int maxPerPack,
        @Bindable(defaultValue = "256MB") @ReadableBytes @Positive long maxSize,
        @Bindable(defaultValue = "20000") @Positive int maxEntries,
        @Bindable(defaultValue = "1GB") @ReadableBytes @Positive long maxInflatedSize,
        @Bindable(defaultValue = "100") @Positive int maxRatio) {}
