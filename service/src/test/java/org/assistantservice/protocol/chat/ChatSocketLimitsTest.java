package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunRequest;
import org.assistantservice.server.StreamSlots;
import org.junit.jupiter.api.Test;

class ChatSocketLimitsTest extends ChatServerFixture {
    @Test
    void aBinaryFrameEndsTheSocket() throws Exception {
        try (SocketClient client = SocketClient.connect(server)) {
            client.socket().sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), true).join();

            assertThat(client.next().get("error_code").stringValue()).isEqualTo("receive_error");
            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void aMessageInFragmentsIsOneMessage() throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));
        String body = ChatServer.body(thread, "é🌊");
        try (SocketClient client = SocketClient.connect(server)) {
            client.socket().sendText(body.substring(0, 20), false).join();
            client.socket().sendText(body.substring(20), true).join();

            client.until("metadata");
            assertThat(server.runs.requests.getFirst().message()).isEqualTo("é🌊");
        }
    }

    @Test
    void aMessageOver64KibibytesEndsTheSocketHoweverItIsCut() throws Exception {
        try (SocketClient whole = SocketClient.connect(server);
                SocketClient cut = SocketClient.connect(server)) {
            whole.send("x".repeat(65_537));
            cut.socket().sendText("x".repeat(40_000), false).join();
            cut.socket().sendText("x".repeat(40_000), true).join();

            assertThat(whole.closeCode()).isEqualTo(1009);
            assertThat(cut.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aFragmentThatIsNeverFinishedEndsTheSocket() throws Exception {
        restart(Map.of("assistant-service.sockets.fragment-timeout", "200ms"));
        try (SocketClient client = SocketClient.connect(server)) {
            client.socket().sendText("{", false).join();

            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void bytesThatAreNotUtf8EndTheSocket() throws Exception {
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("GET", "/ws/chat", "", upgrade());
            raw.readUntil("\r\n\r\n");
            raw.write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xc3, (byte) 0x28});

            assertThat(closeCode(raw)).isEqualTo(1007);
        }
    }

    @Test
    void tooManyMessagesAtOnceAreRefused() throws Exception {
        restart(
                Map.of(
                        "assistant-service.sockets.max-waiting", 2,
                        "assistant-service.sockets.messages-per-second", 1000));
        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "under way");
            server.runs.next();
            client.until("thread.run.queued");
            for (int i = 0; i < 3; i++) {
                client.chat(thread, "waiting");
            }

            assertThat(client.next().get("error_code").stringValue())
                    .isEqualTo("rate_limit_exceeded");
        }
    }

    @Test
    void whatWaitsBehindTheMessageThatEndedTheSocketIsNotBegun() throws Exception {
        restart(Map.of("assistant-service.sockets.max-waiting", 2));
        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "under way");
            FakeRun first = server.runs.next();
            client.until("thread.run.queued");
            client.send("{bad");
            client.chat(thread, "too late");
            client.chat(thread, "one too many");
            assertThat(client.next().get("error_code").stringValue())
                    .isEqualTo("rate_limit_exceeded");

            first.play(Samples.answer(first.run, "x"));

            client.until("error");
            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(server.runs.requests)
                    .extracting(RunRequest::message)
                    .containsExactly("under way");
        }
    }

    @Test
    void aClientHasSoManySocketsAndNoMore() throws Exception {
        restart(Map.of("assistant-service.sockets.max-sockets-per-client", 1));
        StreamSlots slots = server.bean(StreamSlots.class);
        try (SocketClient first = SocketClient.connect(server);
                SocketClient refused = SocketClient.connect(server)) {
            assertThat(refused.closeCode()).isEqualTo(1013);
            first.chat(thread, "hi");
            first.until("thread.run.queued");
            assertThat(slots.open()).isEqualTo(1);
        }

        await().until(() -> slots.open() == 0);
        try (SocketClient later = SocketClient.connect(server)) {
            later.chat(thread, "hi");
            later.until("thread.run.queued");
        }
    }

    @Test
    void aClientThatOnlyMakesMistakesIsSentAway() throws Exception {
        restart(
                Map.of(
                        "assistant-service.sockets.errors-per-minute", 3,
                        "assistant-service.sockets.messages-per-second", 1000));
        try (SocketClient client = SocketClient.connect(server)) {
            for (int i = 0; i < 4; i++) {
                client.send("{}");
            }

            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aSilentSocketIsKeptAliveByPingsAndOneWithoutPongsIsClosed() throws Exception {
        restart(
                Map.of(
                        "assistant-service.sockets.ping-interval", "100ms",
                        "assistant-service.sockets.pong-timeout", "300ms"));
        try (SocketClient client = SocketClient.connect(server);
                RawHttp deaf = RawHttp.connect(server.port())) {
            deaf.send("GET", "/ws/chat", "", upgrade());
            deaf.readUntil("\r\n\r\n");

            assertThat(closeCode(deaf)).isEqualTo(1001);
            await().until(() -> client.pings.get() >= 5);
            assertThat(client.closed).isNotDone();
        }
    }

    @Test
    void anIdleSocketIsClosedAndOneWithATurnUnderWayIsNot() throws Exception {
        restart(
                Map.of(
                        "assistant-service.sockets.ping-interval", "100ms",
                        "assistant-service.sockets.idle-timeout", "300ms"));
        try (SocketClient idle = SocketClient.connect(server);
                SocketClient busy = SocketClient.connect(server)) {
            busy.chat(thread, "hi");

            assertThat(idle.closeCode()).isEqualTo(1001);
            assertThat(busy.closed).isNotDone();
        }
    }

    @Test
    void aPageFromElsewhereMayNotOpenASocketUnlessItsOriginIsConfigured() throws Exception {
        restart(Map.of("assistant-service.server.allowed-origins", "https://app.example"));

        assertThat(statusFor("https://evil.example")).isEqualTo("403");
        assertThat(statusFor("null")).isEqualTo("403");
        assertThat(statusFor("https://app.example.evil.example")).isEqualTo("403");
        assertThat(statusFor("https://app.example")).isEqualTo("101");
        assertThat(statusFor("http://service.test")).isEqualTo("101");
    }

    @Test
    void withKeysTheUpgradeAsksForOne() throws Exception {
        restart(Map.of("assistant-service.server.api-keys", "alice:k-1"));

        assertThatThrownBy(() -> SocketClient.connect(server))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
        try (SocketClient client = SocketClient.connect(server, "X-API-Key", "k-1")) {
            client.chat("new", "hi");
            client.until("thread.run.queued");
            assertThat(server.runs.requests.getFirst().principal().name()).isEqualTo("alice");
        }
    }

    @Test
    void aClientThatDoesNotReadLosesItsTurn() throws Exception {
        restart(Map.of("assistant-service.server.stream-buffer-bytes", 65536));
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("GET", "/ws/chat", "", upgrade());
            raw.readUntil("\r\n\r\n");
            raw.write(masked(ChatServer.body(thread, "hi")));
            FakeRun run = server.runs.next();
            await().until(() -> run.readers() == 1);

            for (int i = 0; i < 5000 && run.readers() == 1; i++) {
                run.play(new MessageDelta(Samples.MESSAGE, "x".repeat(10_000)));
            }

            assertThat(run.readers()).isZero();
            assertThat(raw.readUntil("send_error")).isNotEmpty();
        }
    }

    private static String[] upgrade(String... more) {
        List<String> headers =
                new java.util.ArrayList<>(
                        List.of(
                                "Connection", "Upgrade",
                                "Upgrade", "websocket",
                                "Sec-WebSocket-Version", "13",
                                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    private String statusFor(String origin) throws Exception {
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("GET", "/ws/chat", "", upgrade("Origin", origin));
            return raw.readUntil("\r\n").substring("HTTP/1.1 ".length(), "HTTP/1.1 101".length());
        }
    }

    private static byte[] masked(String text) {
        byte[] payload = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] frame = new byte[payload.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    /// Reads short frames up to a close frame.
    private static int closeCode(RawHttp raw) throws Exception {
        while (true) {
            int opcode = raw.in().read() & 0xf;
            byte[] payload = raw.in().readNBytes(raw.in().read() & 0x7f);
            if (opcode == 8) {
                return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
            }
        }
    }
}
