package org.assistantservice.protocol.stateless;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;

/// Bounds of this protocol; configured under `assistant-service.stateless`.
///
/// @param assistant id or name of the assistant that answers; empty for the service's standard one
/// @param maxHistoryMessages entries that the model is shown, the new message counted; never cuts
///   what the client gets back
/// @param maxMessageCharacters longest message and longest system prompt, in code points
/// @param maxContextBytes longest context of a request, as JSON in UTF-8
/// @param heartbeatInterval silence after which a comment keeps the connection alive
/// @param maxConnectionDuration how long one stream may be open
/// @param maxConnectionsPerClient open streams per client address
@ConfigurationProperties("assistant-service.stateless")
public record StatelessSettings(
        @Bindable(defaultValue = "") String assistant,
        @Bindable(defaultValue = "10") @PositiveOrZero int maxHistoryMessages,
        @Bindable(defaultValue = "256000") @Positive int maxMessageCharacters,
        @Bindable(defaultValue = "262144") @Positive int maxContextBytes,
        @Bindable(defaultValue = "15s") Duration heartbeatInterval,
        @Bindable(defaultValue = "1h") Duration maxConnectionDuration,
        @Bindable(defaultValue = "10") @Positive int maxConnectionsPerClient) {}
