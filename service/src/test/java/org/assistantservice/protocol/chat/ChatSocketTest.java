package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatSocketTest extends ChatServerFixture {
    private static final String CORRELATION = "abcdef12-2222-4333-8444-555555555555";

    @Test
    void oneMessageShowsAllEventsAndThenMetadata() throws Exception {
        server.runs.script(run -> Samples.answer(run, "é", "\u2028"));

        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "hi");

            assertThat(client.until("metadata"))
                    .containsExactly(
                            "thread.run.created",
                            "thread.run.queued",
                            "thread.run.in_progress",
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.message.created",
                            "thread.message.in_progress",
                            "thread.message.delta",
                            "thread.message.delta",
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.completed",
                            "metadata");
            assertThat(client.hasMore()).isFalse();
        }
    }

    @Test
    void everyFrameHasExactlyDataAndEvent() throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));

        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "hi");
            for (int i = 0; i < 12; i++) {
                JsonNode frame = client.next();

                assertThat(frame.propertyNames()).containsExactly("data", "event");
                assertThat(frame.get("data").isObject()).isTrue();
            }
        }
    }

    @Test
    void messagesAreAnsweredOneAfterTheOtherEachWithItsOwnCorrelationId() throws Exception {
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.chat(thread, "1");
            client.chat(thread, "2");
            FakeRun first = server.runs.next();
            client.until("thread.run.queued");
            assertThat(server.runs.requests).extracting(RunRequest::message).containsExactly("1");

            first.play(Samples.answer(first.run, "one"));
            client.until("metadata");
            FakeRun second = server.runs.next();
            second.play(Samples.answer(second.run, "two"));

            assertThat(client.until("metadata")).startsWith("thread.run.created");
            assertThat(server.runs.requests)
                    .extracting(RunRequest::message)
                    .containsExactly("1", "2");
            assertThat(server.runs.requests.get(0).correlationId().value()).isEqualTo(CORRELATION);
            assertThat(server.runs.requests.get(1).correlationId().value())
                    .isNotEqualTo(CORRELATION);
            assertThat(server.runs.requests.get(0).options().supersedesAbandoned()).isTrue();
        }
    }

    @Test
    void theUpgradeAnswersWithItsCorrelationId() throws Exception {
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("GET", "/ws/chat", "", upgrade("X-Correlation-ID", CORRELATION));

            assertThat(raw.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("x-correlation-id: " + CORRELATION);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "\"x\"",
                "{\"thread_id\":1,\"message\":\"x\"}",
                "{\"thread_id\":\"\",\"message\":\"x\"}",
                "{\"thread_id\":\"T\",\"message\":\" \"}"
            })
    void aFrameWithoutThreadOrMessageIsToldSoAndTheSocketStaysOpen(String frame) throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.send(frame);

            assertError(client.next(), "missing_fields", "Missing thread_id or message");
            client.chat(thread, "hi");
            assertThat(client.until("metadata")).isNotEmpty();
        }
    }

    @Test
    void aFrameThatIsNoJsonEndsTheSocketNormally() throws Exception {
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.send("{bad");

            assertError(client.next(), "invalid_json", "JSON parsing error");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void anUnknownThreadIsToldAndTheSocketStaysOpen() throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.chat("thread_unknown", "hi");

            assertError(
                    client.next(),
                    "thread_not_found",
                    "Thread not found (correlation_id: abcdef12)");
            client.chat("new", "hi");
            assertThat(client.until("metadata")).isNotEmpty();
        }
    }

    @Test
    void refusalsAndFaultsHaveTheirCodes() throws Exception {
        try (SocketClient client = SocketClient.connect(server)) {
            server.runs.refuse(new RunException(RunErrorCode.THREAD_BUSY, "busy"));
            assertCode(client, "thread_busy");
            server.runs.refuse(new RunException(RunErrorCode.TOO_MANY_RUNS, "many"));
            assertCode(client, "rate_limit_exceeded");
            server.runs.refuse(new IllegalStateException("secret"));
            assertCode(client, "stream_error");
            server.runs.refuse(null);
            server.threads.isDown = true;
            assertCode(client, "stream_error");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, thread.run.cancelled, run_cancelled, Run cancelled",
        "EXPIRED, thread.run.expired, run_expired, Run expired",
        "INCOMPLETE, thread.run.incomplete, run_incomplete, Run incomplete: content_filter"
    })
    void everyEndHasOneTerminalAndTheNextTurnWorks(
            RunStatus status, String event, String code, String text) throws Exception {
        server.runs.script(run -> List.of(Samples.to(run, status)));
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.chat(thread, "hi");

            client.until(event);
            assertError(client.next(), code, text);
            server.runs.script(run -> Samples.answer(run, "x"));
            client.chat(thread, "again");
            assertThat(client.until("metadata")).doesNotContain("error");
        }
    }

    @Test
    void aFailedRunIsItsOwnTerminal() throws Exception {
        server.runs.script(run -> List.of(Samples.failed(run, "upstream_auth", null)));
        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "hi");
            client.until("thread.run.failed");
            client.chat(thread, "again");

            assertThat(client.until("thread.run.failed")).doesNotContain("error");
        }
    }

    @Test
    void aTurnThatBreaksOffIsAnErrorOfThatTurnOnly() throws Exception {
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.chat(thread, "hi");
            client.until("thread.run.queued");
            server.runs.next().end(RunReader.End.INTERRUPTED);

            assertError(client.next(), "stream_error", "Stream error (correlation_id: abcdef12)");
            client.chat(thread, "again");
            assertThat(client.until("thread.run.queued")).hasSize(2);
        }
    }

    @Test
    void aStoppingServiceEndsTheSocketSoThatTheClientComesBack() throws Exception {
        try (SocketClient underWay = SocketClient.connect(server)) {
            underWay.chat(thread, "hi");
            underWay.until("thread.run.queued");
            server.runs.next().end(RunReader.End.SERVICE_STOPPING);

            assertThat(underWay.next().get("error_code").stringValue()).isEqualTo("stream_error");
            assertThat(underWay.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void aDrainingServiceEndsIdleSocketsAtOnceAndOthersAfterTheirTurn() throws Exception {
        try (SocketClient idle = SocketClient.connect(server);
                SocketClient busy = SocketClient.connect(server)) {
            busy.chat(thread, "hi");
            FakeRun run = server.runs.next();
            busy.until("thread.run.queued");

            server.drain();

            assertThat(idle.closeCode()).isEqualTo(1012);
            run.play(Samples.answer(run.run, "x"));
            assertThat(busy.until("metadata")).doesNotContain("error");
            assertThat(busy.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void aMessageThatWaitsWhenTheServiceBeginsToDrainIsRefused() throws Exception {
        restart(Map.of("assistant-service.sockets.max-waiting", 1));
        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "under way");
            FakeRun run = server.runs.next();
            client.until("thread.run.queued");
            client.chat(thread, "waits");
            client.chat(thread, "one too many");
            assertThat(client.next().get("error_code").stringValue())
                    .isEqualTo("rate_limit_exceeded");

            server.drain();
            run.play(Samples.answer(run.run, "x"));

            client.until("metadata");
            assertThat(client.next().get("error_code").stringValue()).isEqualTo("shutting_down");
            assertThat(client.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void aMessageWithAnIdOfItsOwnIsKnownAgainWhenItIsRepeated() throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));
        String frame =
                "{\"thread_id\":\"%s\",\"message\":\"hi\",\"client_message_id\":\"m1\"}"
                        .formatted(thread);
        try (SocketClient client = SocketClient.connect(server)) {
            for (String text : List.of(frame, frame, frame.replace("hi", "ho"))) {
                client.send(text);
                client.until("metadata");
            }
            client.chat(thread, "hi");
            client.until("metadata");
        }

        var keys = server.runs.requests.stream().map(it -> it.options().idempotency()).toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        assertThat(keys.get(0).key()).isEqualTo("cmid:" + thread + ":m1");
        assertThat(keys.get(2).key()).isEqualTo("cmid:" + thread + ":m1");
        assertThat(keys.get(3)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"é\"", "7", "[\"m1\"]"})
    void anIdOfAMessageThatIsNoneIsToldAndTheSocketStaysOpen(String id) throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));
        try (SocketClient client = SocketClient.connect(server, "X-Correlation-ID", CORRELATION)) {
            client.send(
                    "{\"thread_id\":\"%s\",\"message\":\"hi\",\"client_message_id\":%s}"
                            .formatted(thread, id));

            assertError(
                    client.next(),
                    "invalid_client_message_id",
                    "client_message_id must be 1 to 255 printable ASCII characters"
                            + " (correlation_id: abcdef12)");
            client.chat(thread, "hi");
            assertThat(client.until("metadata")).doesNotContain("error");
        }
        assertThat(server.runs.requests).hasSize(1);
    }

    @Test
    void anIdOfAMessageThatWasUsedForAnotherOneIsToldSo() throws Exception {
        server.runs.refuse(new RunException(RunErrorCode.IDEMPOTENCY_KEY_REUSED, "Used before"));
        try (SocketClient client = SocketClient.connect(server)) {
            assertCode(client, "idempotency_key_reused");
        }
    }

    @Test
    void closingTheSocketLeavesTheRunAlone() throws Exception {
        FakeRun run;
        try (SocketClient client = SocketClient.connect(server)) {
            client.chat(thread, "hi");
            run = server.runs.next();
            client.until("thread.run.queued");
        }

        await().until(() -> run.readers() == 0);
        assertThat(server.runs.cancelled).isEmpty();
    }

    @Test
    void aPlainGetOfTheSocketsPathIsRefused() throws Exception {
        assertThat(server.get("/ws/chat").statusCode()).isEqualTo(400);
        assertThat(server.get("/ws/chat").body()).startsWith("{\"detail\":");
    }

    private void assertCode(SocketClient client, String code) throws InterruptedException {
        client.chat(thread, "hi");
        assertThat(client.next().get("error_code").stringValue()).isEqualTo(code);
    }

    private static void assertError(JsonNode frame, String code, String text) {
        assertThat(frame.propertyNames())
                .containsExactly(
                        "event", "error", "error_code", "type", "timestamp", "correlation_id");
        assertThat(frame.get("event").stringValue()).isEqualTo("error");
        assertThat(frame.get("error").stringValue()).isEqualTo(text);
        assertThat(frame.get("error_code").stringValue()).isEqualTo(code);
        assertThat(frame.get("type").stringValue()).isEqualTo(code);
        assertThat(frame.get("timestamp").stringValue()).endsWith("+00:00");
        assertThat(frame.get("correlation_id").stringValue()).isEqualTo("abcdef12");
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
}
