package org.assistantservice.protocol.chat;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/// Bounds of the chat protocol; configured under `assistant-service.chat`.
///
/// @param sseHeartbeatInterval silence after which a comment keeps the connection alive
/// @param sseMaxConnectionDuration how long one stream may be open
/// @param sseRetryInterval what clients are told to wait before they come back, in milliseconds
/// @param sseMaxConnectionsPerClient open streams per client address
/// @param maxMessageCharacters longest message, in code points
@ConfigurationProperties("assistant-service.chat")
public record ChatSettings(
        @Bindable(defaultValue = "15s") Duration sseHeartbeatInterval,
        @Bindable(defaultValue = "1h") Duration sseMaxConnectionDuration,
        @Bindable(defaultValue = "5000") @Positive int sseRetryInterval,
        @Bindable(defaultValue = "10") @Positive int sseMaxConnectionsPerClient,
        @Bindable(defaultValue = "256000") @Positive int maxMessageCharacters) {}
