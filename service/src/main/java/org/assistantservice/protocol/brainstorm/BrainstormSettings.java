package org.assistantservice.protocol.brainstorm;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;

/// Bounds of the brainstorm protocol; configured under `assistant-service.brainstorm`.
///
/// @param assistant id or name of the assistant that answers; empty for `Brainstormer`
/// @param minChars code points that a piece has at least, but for the last one of its message; 0
///   sends each piece as it comes
/// @param maxMessageCharacters longest message, in code points
/// @param maxChatsPerSocket chats of one socket that may have a turn under way or waiting
/// @param forgetAfter how long a chat id that nobody uses stands for its thread, at least; up to a
///   day more
@ConfigurationProperties("assistant-service.brainstorm")
public record BrainstormSettings(
        @Bindable(defaultValue = "") String assistant,
        @Bindable(defaultValue = "20") @PositiveOrZero int minChars,
        @Bindable(defaultValue = "256000") @Positive int maxMessageCharacters,
        @Bindable(defaultValue = "16") @Positive int maxChatsPerSocket,
        @Bindable(defaultValue = "90d") Duration forgetAfter) {}
