package org.assistantservice.server;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/// Bounds of connections; configured under `assistant-service.connections`. The times for head and
/// body are for the whole of what they bound, however often a byte of it arrives.
///
/// @param most how many connections may be open; one more is closed at once
/// @param headTime how long the head of a request may take, from its first byte, or from the
///   opening of the connection
/// @param bodyTime how long a body may take; routes that read one give up earlier and answer 408
/// @param idleTime how long a connection is kept on which nothing is asked and no answer is due
@ConfigurationProperties("assistant-service.connections")
public record ConnectionLimits(
        @Bindable(defaultValue = "10000") @Positive int most,
        @Bindable(defaultValue = "10s") Duration headTime,
        @Bindable(defaultValue = "60s") Duration bodyTime,
        @Bindable(defaultValue = "5m") Duration idleTime) {}
