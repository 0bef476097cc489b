package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 28 to 30: WebSocket.
class WebSocketCasesIT {
    @TempDir static Path folder;
    private static RunningService running;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningService.in(folder);
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void case28_everyEventIsAFrameAndASecondMessageIsAnsweredOnTheSameSocket() throws Exception {
        running.model().onTag("case 28", Turn.text("Good ", "morning."), Turn.text("Again."));

        try (WsClient socket = connect()) {
            List<JsonNode> first = socket.send(ChatApi.message("new", "case 28")).turn();
            List<JsonNode> second = socket.send(ChatApi.message("new", "case 28")).turn();

            assertThat(first)
                    .allSatisfy(frame ->
                            assertThat(frame.propertyNames())
                                    .containsExactlyInAnyOrder("data", "event"));
            assertThat(WsClient.events(first))
                    .startsWith("thread.run.created", "thread.run.queued")
                    .endsWith("thread.run.completed", "metadata");
            assertThat(text(first)).isEqualTo("Good morning.");
            assertThat(text(second)).isEqualTo("Again.");
            assertThat(correlation(first)).isNotEqualTo(correlation(second));
        }
    }

    @Test
    void case28_twoMessagesSentTogetherAreAnsweredOneAfterTheOther() throws Exception {
        running.model()
                .onTag("case 28 slow", Turn.text("one", "one").pace(Duration.ofMillis(100)))
                .onTag("case 28 fast", Turn.text("two"));

        try (WsClient socket = connect()) {
            socket.send(ChatApi.message("new", "case 28 slow"));
            socket.send(ChatApi.message("new", "case 28 fast"));

            assertThat(text(socket.turn())).isEqualTo("oneone");
            assertThat(text(socket.turn())).isEqualTo("two");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "\"x\"",
                "{\"thread_id\":\"new\"}",
                "{\"thread_id\":\"new\",\"message\":\"\"}",
                "{\"thread_id\":5,\"message\":\"x\"}"
            })
    void case29_missingFieldsAreNamedAndTheSocketStaysOpen(String sent) throws Exception {
        running.model().onTag("case 29 after", Turn.text("Still here."));

        try (WsClient socket = connect()) {
            JsonNode error = socket.send(sent).next();

            assertError(error, "missing_fields", "Missing thread_id or message");
            assertThat(text(socket.send(ChatApi.message("new", "case 29 after")).turn()))
                    .isEqualTo("Still here.");
            running.model().onTag("case 29 after", Turn.text("Still here."));
        }
    }

    @Test
    void case29_whatIsNotJsonClosesTheSocketAfterAnError() throws Exception {
        try (WsClient socket = connect()) {
            assertError(socket.send("{bad").next(), "invalid_json", "JSON parsing error");
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void case29_anUnknownThreadIsNamedAndTheSocketStaysOpen() throws Exception {
        running.model().onTag("case 29 known", Turn.text("Yes."));

        try (WsClient socket = connect()) {
            JsonNode error = socket.send(ChatApi.message("thread_unknown", "x")).next();

            assertThat(error.get("error_code").asString()).isEqualTo("thread_not_found");
            assertThat(text(socket.send(ChatApi.message("new", "case 29 known")).turn()))
                    .isEqualTo("Yes.");
        }
    }

    @Test
    void case29_aBinaryFrameAndATooLongOneCloseTheSocket() throws Exception {
        try (WsClient binary = connect();
                WsClient tooLong = connect()) {
            assertError(
                    binary.sendBinary((byte) 1).next(),
                    "receive_error",
                    "Failed to receive request");
            binary.closeCode();
            tooLong.send(ChatApi.message("new", "x".repeat(70_000)));
            assertThat(tooLong.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void case30_everyEndIsOneTerminalFrameAndTheNextTurnWorks() throws Exception {
        running.model()
                .onTag("case 30 failed", Turn.status(400, Map.of(), "{\"error\":\"secret\"}"))
                .onTag("case 30 cut", Turn.text("Half ", "an ", "answer").cutAfter(2))
                .onTag("case 30 length", Turn.text("Half").finishReason("length"))
                .onTag("case 30 good", Turn.text("Good."));

        try (WsClient socket = connect()) {
            assertThat(end(socket, "case 30 failed")).isEqualTo("thread.run.failed");
            assertThat(end(socket, "case 30 cut")).isEqualTo("thread.run.failed");
            assertThat(end(socket, "case 30 length")).isEqualTo("run_incomplete");
            assertThat(end(socket, "case 30 good")).isEqualTo("metadata");
            assertThat(socket.poll()).isNull();
        }
    }

    private static WsClient connect() {
        return WsClient.connect(running.service());
    }

    /// Sends a message, and returns what its turn ended with.
    private static String end(WsClient socket, String message) throws InterruptedException {
        List<JsonNode> frames = socket.send(ChatApi.message("new", message)).turn();
        assertThat(frames.toString()).doesNotContain("secret");
        JsonNode last = frames.getLast();
        return last.path("error_code").asString(WsClient.event(last));
    }

    private static void assertError(JsonNode frame, String code, String text) {
        assertThat(frame.propertyNames())
                .containsExactlyInAnyOrder(
                        "event", "error", "error_code", "type", "timestamp", "correlation_id");
        assertThat(frame.get("error_code").asString()).isEqualTo(code);
        assertThat(frame.get("type").asString()).isEqualTo(code);
        assertThat(frame.get("error").asString()).isEqualTo(text);
        assertThat(frame.get("timestamp").asString()).endsWith("+00:00");
    }

    private static String text(List<JsonNode> frames) {
        StringBuilder text = new StringBuilder();
        for (JsonNode frame : frames) {
            if (WsClient.event(frame).equals("thread.message.delta")) {
                text.append(frame.at("/data/delta/content/0/text/value").asString());
            }
        }
        return text.toString();
    }

    private static String correlation(List<JsonNode> frames) {
        return frames.getLast().at("/data/correlation_id").asString();
    }
}
