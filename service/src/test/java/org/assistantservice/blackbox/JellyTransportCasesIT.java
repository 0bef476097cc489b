package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.blackbox.JellySocket.Event.error;
import static org.assistantservice.blackbox.JellySocket.Event.finalMessage;
import static org.assistantservice.blackbox.JellySocket.Event.token;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Acceptance cases 14, 25, 26, 28 and 33 of JellyChat: the transports, in raw packets.
class JellyTransportCasesIT {
    @TempDir static Path folder;
    private static JellyService running;

    @BeforeAll
    static void startService() throws Exception {
        running = JellyService.in(folder);
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void case14_aWebSocketIsGreetedAndConnects() throws Exception {
        try (JellySocket socket = JellySocket.opened(running.service())) {
            String open = socket.next();
            String connected = socket.send("40").next();

            JsonNode handshake = JsonMapper.shared().readTree(open.substring(1));
            JsonNode namespace = JsonMapper.shared().readTree(connected.substring(2));
            assertThat(open).startsWith("0{");
            assertThat(handshake.get("upgrades").size()).isZero();
            assertThat(handshake.get("pingInterval").asInt()).isEqualTo(25_000);
            assertThat(handshake.get("pingTimeout").asInt()).isEqualTo(20_000);
            assertThat(handshake.get("maxPayload").asInt()).isEqualTo(1_000_000);
            assertThat(connected).startsWith("40{\"sid\":\"");
            assertThat(namespace.get("sid")).isNotEqualTo(handshake.get("sid"));
        }
    }

    @Test
    void case25_longPollingCarriesAWholeTurn() throws Exception {
        running.model().onTag("case 25", Turn.text("By ", "mail."), Turn.text("Again."));
        JellyPoller poller = JellyPoller.open(running.service());

        assertThat(poller.handshake().at("/upgrades/0").stringValue()).isEqualTo("websocket");
        assertThat(poller.handshake().get("maxPayload").asInt()).isEqualTo(1_000_000);
        assertThat(poller.send("40").body()).isEqualTo("ok");
        assertThat(poller.until("40")).last().asString().startsWith("40{\"sid\":");
        assertThat(poller.send("42[\"user_message\",\"25\",\"case 25\"]").body()).isEqualTo("ok");
        assertThat(poller.until("42[\"final_message\""))
                .last()
                .isEqualTo("42[\"final_message\",{\"message\":\"By mail.\"}]");
        String two = "42[\"user_message\"]" + JellyPoller.SEPARATOR;
        poller.send(two + "42[\"user_message\",\"25\",\"case 25\"]");
        assertThat(poller.until("42[\"final_message\""))
                .contains("42[\"error\",{\"error\":\"'user_token' is required\"}]")
                .last()
                .isEqualTo("42[\"final_message\",{\"message\":\"Again.\"}]");
    }

    @Test
    void case25_twoPollsAtOnceEndTheSession() throws Exception {
        JellyPoller poller = JellyPoller.open(running.service());
        poller.send("40");
        poller.until("40");

        CompletableFuture<HttpResponse<String>> first = poller.pollLater();
        CompletableFuture<HttpResponse<String>> second = poller.pollLater();

        assertThat(List.of(first.get().statusCode(), second.get().statusCode()))
                .containsExactlyInAnyOrder(200, 400);
        assertThat(poller.poll().body())
                .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void case25_aBinaryPacketIsRefusedInWords() throws Exception {
        try (JellySocket socket = connected()) {
            socket.send("451-[\"user_message\",{\"_placeholder\":true,\"num\":0}]");

            assertThat(socket.turn()).containsExactly(error("Binary data is not supported"));
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void case26_aSessionMovesToAWebSocket() throws Exception {
        running.model().onTag("case 26", Turn.text("Moved."));
        JellyPoller poller = JellyPoller.open(running.service());
        poller.send("40");
        poller.until("40");
        CompletableFuture<HttpResponse<String>> waiting = poller.pollLater();

        try (JellySocket socket = JellySocket.upgrading(running.service(), poller.id())) {
            assertThat(socket.send("2probe").next()).isEqualTo("3probe");
            assertThat(waiting.get().body()).isEqualTo("6");
            socket.send("5");
            assertThat(socket.ask("26", "case 26").turn())
                    .containsExactly(token("Moved."), finalMessage("Moved."));
            assertThat(poller.poll().body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "?EIO=3&transport=polling|{\"code\":5,\"message\":\"Unsupported protocol version\"}",
                "?transport=polling|{\"code\":5,\"message\":\"Unsupported protocol version\"}",
                "?EIO=4&transport=pigeon|{\"code\":0,\"message\":\"Transport unknown\"}",
                "?EIO=4|{\"code\":0,\"message\":\"Transport unknown\"}",
                "?EIO=4&transport=polling&sid=x|{\"code\":1,\"message\":\"Session ID unknown\"}",
                "?EIO=4&transport=websocket|{\"code\":3,\"message\":\"Bad request\"}"
            })
    void case28_badRequestsHaveTheirCodes(String query, String body) throws Exception {
        HttpResponse<String> answer = running.api().get("/socket.io/" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void case28_handshakesOfWebSocketsAreCheckedToo() throws Exception {
        var raw = new RawClient(running.service());

        RawClient.Reply reply =
                raw.http(RawClient.handshake("/socket.io/?EIO=3&transport=websocket", ""));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .endsWith("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }

    @Test
    void case28_thereIsOneNamespace() throws Exception {
        try (JellySocket socket = JellySocket.opened(running.service())) {
            socket.next();

            assertThat(socket.send("40/x,").next())
                    .isEqualTo("44/x,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void aNamespaceIsNotEchoedHoweverLongItIs() throws Exception {
        try (JellySocket socket = JellySocket.opened(running.service())) {
            socket.next();

            socket.send("40/" + "x".repeat(200) + ",");

            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(socket.poll()).isNull();
        }
    }

    @Test
    void messagesThatComeTooFastAreRefusedAndSoIsWhoSendsTooManyOfThem() throws Exception {
        try (JellySocket socket = connected()) {
            for (int i = 0; i < 60; i++) {
                socket.send("42[\"unknown\"]");
            }

            assertThat(socket.turn()).containsExactly(error("Rate limit exceeded"));
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void whoIsRefusedTooOftenIsClosed() throws Exception {
        try (JellySocket socket = JellySocket.opened(running.service())) {
            socket.next();
            for (int i = 0; i < 21; i++) {
                socket.send("40/x,");
            }

            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void case33_aPacketThatIsTooLargeClosesTheConnection() throws Exception {
        String large = "42[\"user_message\",\"33\",\"" + "x".repeat(1_000_000) + "\"]";

        try (JellySocket socket = connected()) {
            socket.send(large);
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
        JellyPoller poller = JellyPoller.open(running.service());
        assertThat(poller.send(large).statusCode()).isEqualTo(413);
        assertThat(poller.poll().statusCode()).isEqualTo(400);
        assertThat(running.api().get("/health").body()).isEqualTo("{\"status\":\"healthy\"}");
    }

    @Test
    void aPageOfAnyOriginMayConnect() throws Exception {
        running.model().onTag("any origin", Turn.text("Welcome."));

        try (JellySocket socket =
                JellySocket.connected(running.service(), "Origin", "https://wiki.example")) {
            assertThat(socket.ask("origin", "any origin").turn())
                    .endsWith(finalMessage("Welcome."));
        }
    }

    private static JellySocket connected() throws InterruptedException {
        return JellySocket.connected(running.service());
    }
}
