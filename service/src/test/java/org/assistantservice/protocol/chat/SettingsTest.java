package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.server.ServerSettings;
import org.assistantservice.server.SocketLimits;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void theDefaultsAreThoseOfTheContract() {
        try (ChatServer server = ChatServer.start()) {
            assertThat(server.bean(ChatSettings.class))
                    .isEqualTo(
                            new ChatSettings(
                                    Duration.ofSeconds(15),
                                    Duration.ofHours(1),
                                    5000,
                                    10,
                                    256_000));
            assertThat(server.bean(SocketLimits.class))
                    .isEqualTo(
                            new SocketLimits(
                                    Duration.ofSeconds(25),
                                    Duration.ofSeconds(30),
                                    Duration.ofMinutes(10),
                                    Duration.ofSeconds(30),
                                    8,
                                    10,
                                    20,
                                    50));
            assertThat(server.bean(ServerSettings.class)).isEqualTo(ServerSettings.DEFAULT);
        }
    }

    @Test
    void everyPropertyIsBound() {
        try (ChatServer server =
                ChatServer.start(
                        Map.of(
                                "assistant-service.chat.sse-heartbeat-interval",
                                "1s",
                                "assistant-service.chat.sse-max-connection-duration",
                                "2s",
                                "assistant-service.chat.sse-retry-interval",
                                3,
                                "assistant-service.chat.sse-max-connections-per-client",
                                4,
                                "assistant-service.chat.max-message-characters",
                                5,
                                "assistant-service.server.trusted-proxies",
                                "10.0.0.1",
                                "assistant-service.server.allowed-origins",
                                "https://a.example",
                                "assistant-service.server.api-keys",
                                List.of("alice:k"),
                                "assistant-service.server.max-streams",
                                6,
                                "assistant-service.server.body-timeout",
                                "7s"))) {
            assertThat(server.bean(ChatSettings.class))
                    .isEqualTo(
                            new ChatSettings(
                                    Duration.ofSeconds(1), Duration.ofSeconds(2), 3, 4, 5));
            assertThat(server.bean(ServerSettings.class))
                    .isEqualTo(
                            new ServerSettings(
                                    List.of("10.0.0.1"),
                                    List.of("https://a.example"),
                                    List.of("alice:k"),
                                    6,
                                    262_144,
                                    Duration.ofSeconds(7)));
        }
    }

    @Test
    void everyLimitOfASocketIsBound() {
        String room = "assistant-service.sockets.";
        try (ChatServer server =
                ChatServer.start(
                        Map.of(
                                room + "ping-interval",
                                "1s",
                                room + "pong-timeout",
                                "2s",
                                room + "idle-timeout",
                                "3s",
                                room + "fragment-timeout",
                                "4s",
                                room + "max-waiting",
                                5,
                                room + "messages-per-second",
                                6,
                                room + "errors-per-minute",
                                7,
                                room + "max-sockets-per-client",
                                8))) {
            assertThat(server.bean(SocketLimits.class))
                    .isEqualTo(
                            new SocketLimits(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(4),
                                    5,
                                    6,
                                    7,
                                    8));
        }
    }
}
