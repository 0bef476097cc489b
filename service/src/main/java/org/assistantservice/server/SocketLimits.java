package org.assistantservice.server;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/// Bounds of all WebSockets; configured under `assistant-service.sockets`.
///
/// @param pingInterval how often a ping is sent
/// @param pongTimeout how long its pong may take
/// @param idleTimeout how long a socket without a turn may stay open
/// @param fragmentTimeout how long a message in fragments may take to become whole
/// @param maxWaiting messages of one socket that may wait for a turn under way
/// @param messagesPerSecond frames a client may send
/// @param errorsPerMinute refused frames after which the socket is closed
/// @param maxSocketsPerClient open sockets per client address
@ConfigurationProperties("assistant-service.sockets")
public record SocketLimits(
        @Bindable(defaultValue = "25s") Duration pingInterval,
        @Bindable(defaultValue = "30s") Duration pongTimeout,
        @Bindable(defaultValue = "10m") Duration idleTimeout,
        @Bindable(defaultValue = "30s") Duration fragmentTimeout,
        @Bindable(defaultValue = "8") @Positive int maxWaiting,
        @Bindable(defaultValue = "10") @Positive int messagesPerSecond,
        @Bindable(defaultValue = "20") @Positive int errorsPerMinute,
        @Bindable(defaultValue = "50") @Positive int maxSocketsPerClient) {
    /// Bytes of one message, in one frame or many.
    public static final int MAX_MESSAGE_BYTES = 64 * 1024;
}
