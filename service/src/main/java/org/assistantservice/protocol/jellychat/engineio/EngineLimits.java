package org.assistantservice.protocol.jellychat.engineio;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/// Bounds of the transport; configured under `assistant-service.jellychat.engine`.
///
/// @param pingInterval how often a ping is sent
/// @param pingTimeout how long its pong may take; then the session is closed
/// @param upgradeTimeout how long an upgrade may take; then polling goes on
/// @param connectTimeout how long a session may be open without a namespace
/// @param maxQueuedPackets packets that may wait for one client; one more closes its session
/// @param maxQueuedCharacters characters that may wait for one client
/// @param maxSessionsPerClient open sessions per client address
@ConfigurationProperties("assistant-service.jellychat.engine")
public record EngineLimits(
        @Bindable(defaultValue = "25s") Duration pingInterval,
        @Bindable(defaultValue = "20s") Duration pingTimeout,
        @Bindable(defaultValue = "10s") Duration upgradeTimeout,
        @Bindable(defaultValue = "45s") Duration connectTimeout,
        @Bindable(defaultValue = "8192") @Positive int maxQueuedPackets,
        @Bindable(defaultValue = "262144") @Positive int maxQueuedCharacters,
        @Bindable(defaultValue = "50") @Positive int maxSessionsPerClient) {
    /// Bytes of one packet, and of one body of long-polling, from a client.
    public static final int MAX_PAYLOAD = 1_000_000;
}
