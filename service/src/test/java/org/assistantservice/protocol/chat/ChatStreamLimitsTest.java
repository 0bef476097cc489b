package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.assistantservice.protocol.chat.SseStream.Frame;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.junit.jupiter.api.Test;

class ChatStreamLimitsTest extends ChatServerFixture {
    @Test
    void aSilentRunIsKeptAliveByBareComments() throws Exception {
        restart(Map.of("assistant-service.chat.sse-heartbeat-interval", "100ms"));

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.take(4);

            assertThat(frames.subList(2, 4))
                    .allSatisfy(it -> assertThat(it.lines()).containsExactly(": keepalive"));
        }
    }

    @Test
    void aStreamThatIsOpenForTooLongEndsAndItsRunIsCancelled() throws Exception {
        restart(Map.of("assistant-service.chat.sse-max-connection-duration", "300ms"));

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest();
            FakeRun run = server.runs.next();

            assertThat(frames.getLast().field("id")).isNull();
            assertThat(frames.getLast().field("data"))
                    .startsWith(
                            """
                            {"error":"Connection timeout reached",\
                            "error_type":"ConnectionTimeoutError","max_duration":0.3,"timestamp":\
                            """);
            await().untilAsserted(
                            () -> assertThat(server.runs.cancelled).containsExactly(run.run.id()));
            assertThat(run.readers()).isZero();
        }
    }

    @Test
    void oneStreamTooManyIsRefusedAsAnEventStreamAndAPlaceIsFreeAtOnce() throws Exception {
        restart(Map.of("assistant-service.chat.sse-max-connections-per-client", 2));
        try (SseStream first = server.stream(thread, "1");
                SseStream second = server.stream(thread, "2")) {
            assertThat(second.take(1)).isNotEmpty();

            try (SseStream refused = server.stream(thread, "3")) {
                assertThat(refused.response.statusCode()).isEqualTo(429);
                assertThat(refused.response.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(refused.response.headers().firstValue("Content-Type"))
                        .hasValue("text/event-stream; charset=utf-8");
                assertThat(refused.rest())
                        .extracting(Frame::lines)
                        .containsExactly(
                                List.of(
                                        "id: rate_limit_error",
                                        "event: error",
                                        """
                                        data: {"error":"Rate limit exceeded",\
                                        "error_type":"RateLimitError","max_connections":2}\
                                        """,
                                        "retry: 5000"));
            }
            assertThat(server.runs.requests).hasSize(2);

            first.leave();

            await().untilAsserted(() -> {
                try (SseStream next = server.stream(thread, "4")) {
                    assertThat(next.response.statusCode()).isEqualTo(200);
                }
            });
        }
    }

    @Test
    void refusedTurnsLeaveNoPlaceTaken() throws Exception {
        restart(Map.of("assistant-service.chat.sse-max-connections-per-client", 1));

        for (int i = 0; i < 3; i++) {
            try (SseStream stream = server.stream("thread_unknown", "x")) {
                assertThat(stream.response.statusCode()).isEqualTo(404);
            }
            try (SseStream stream = server.stream(thread, "")) {
                assertThat(stream.response.statusCode()).isEqualTo(400);
            }
        }
    }

    @Test
    void aReaderThatLeavesLeavesTheRunAlone() throws Exception {
        FakeRun run;
        try (SseStream stream = server.stream(thread, "hi")) {
            stream.take(2);
            run = server.runs.next();
            assertThat(run.readers()).isEqualTo(1);
        }

        await().until(() -> run.readers() == 0);
        assertThat(server.runs.cancelled).isEmpty();
    }

    @Test
    void aReplayThatIsLargerThanTheBufferArrivesWhole() throws Exception {
        restart(Map.of("assistant-service.server.stream-buffer-bytes", 4096));
        String[] pieces = new String[3000];
        java.util.Arrays.setAll(pieces, i -> "piece " + i + " ");
        server.runs.script(run -> Samples.answer(run, pieces));

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest().stream().filter(it -> !it.isComment()).toList();

            assertThat(Frame.text(frames)).isEqualTo(String.join("", pieces));
            assertThat(frames.getLast().event()).isEqualTo("metadata");
        }
    }

    @Test
    void aReaderThatNeverReadsLosesItsStreamAndTheRunGoesOn() throws Exception {
        restart(Map.of("assistant-service.server.stream-buffer-bytes", 65536));
        String piece = "x".repeat(10_000);
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("POST", "/chat", ChatServer.body(thread, "x"), "Accept", "text/event-stream");
            FakeRun run = server.runs.next();
            await().until(() -> run.readers() == 1);

            for (int i = 0; i < 5000 && run.readers() == 1; i++) {
                run.play(new MessageDelta(Samples.MESSAGE, piece));
            }

            assertThat(run.readers()).isZero();
            assertThat(raw.readUntil("SlowReaderError")).contains("event: error\ndata: ");
            assertThat(server.runs.cancelled).isEmpty();
        }
    }
}
