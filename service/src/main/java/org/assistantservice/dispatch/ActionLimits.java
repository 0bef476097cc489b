package org.assistantservice.dispatch;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;

/// Bounds of one call of an action; configured under `assistant-service.dispatch`.
///
/// @param maxArgumentBytes the longest arguments text, in bytes of UTF-8
/// @param maxResultBytes the longest result text, in bytes of UTF-8
/// @param maxDepth how deep arguments and results may be nested
@ConfigurationProperties("assistant-service.dispatch")
public record ActionLimits(
        @Bindable(defaultValue = "65536") @Positive int maxArgumentBytes,
        @Bindable(defaultValue = "262144") @Positive int maxResultBytes,
        @Bindable(defaultValue = "64") @Positive int maxDepth) {

    /// The defaults.
    public static final ActionLimits STANDARD = new ActionLimits(65_536, 262_144, 64);
}
