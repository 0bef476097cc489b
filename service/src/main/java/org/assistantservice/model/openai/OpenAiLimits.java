package org.assistantservice.model.openai;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;

/// Bounds of one answer; configured under `assistant-service.model.limits`. An answer beyond them
/// fails as a protocol error.
///
/// @param maxEventBytes of one event of the stream
/// @param maxResponseBytes of one answer
/// @param maxCalls tool calls in one turn
/// @param maxArgumentsCharacters of one tool call
@ConfigurationProperties("assistant-service.model.limits")
public record OpenAiLimits(
        @Bindable(defaultValue = "1048576") @Positive int maxEventBytes,
        @Bindable(defaultValue = "67108864") @Positive long maxResponseBytes,
        @Bindable(defaultValue = "128") @Positive int maxCalls,
        @Bindable(defaultValue = "262144") @Positive int maxArgumentsCharacters) {

    public static final OpenAiLimits DEFAULT = new OpenAiLimits(1 << 20, 64L << 20, 128, 256 << 10);
}
