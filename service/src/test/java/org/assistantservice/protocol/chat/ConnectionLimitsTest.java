package org.assistantservice.protocol.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.assistantservice.server.ConnectionLimits;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest extends ChatServerFixture {
    private static final Duration SHORT = Duration.ofMillis(400);

    /// Long enough that a client held up for a moment still gets a byte in.
    private static final Duration DRIPPED = Duration.ofSeconds(1);

    private static final String HEAD = "assistant-service.connections.head-time";
    private static final String BODY = "assistant-service.connections.body-time";
    private static final String IDLE = "assistant-service.connections.idle-time";
    private static final String MOST = "assistant-service.connections.most";

    @Test
    void theDefaultsBoundHeadBodyIdlenessAndNumber() {
        assertThat(server.bean(ConnectionLimits.class))
                .isEqualTo(
                        new ConnectionLimits(
                                10_000,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(5)));
    }

    @Test
    void aHeadThatDripsIsCutAtItsDeadline() throws Exception {
        restart(Map.of(HEAD, DRIPPED));

        try (RawHttp client = RawHttp.connect(server.port())) {
            assertCut(client, "GET /health HTTP/1.1\r\nX-Slow: ");
        }
    }

    @Test
    void aConnectionThatSaysNothingIsCutToo() throws Exception {
        restart(Map.of(HEAD, SHORT));

        try (RawHttp client = RawHttp.connect(server.port())) {
            assertThat(client.isClosedWithin(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void theNextHeadOnAConnectionHasADeadlineOfItsOwn() throws Exception {
        restart(Map.of(HEAD, DRIPPED));

        try (RawHttp client = RawHttp.connect(server.port())) {
            assertHealthy(client);
            assertCut(client, "GET /health HTTP/1.1\r\nX-Slow: ");
        }
    }

    @Test
    void aBodyThatDripsIsCutAtItsDeadline() throws Exception {
        restart(Map.of(BODY, DRIPPED));

        try (RawHttp client = RawHttp.connect(server.port())) {
            assertCut(client, "POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
        }
    }

    @Test
    void aKeptConnectionOnWhichNothingIsAskedIsClosed() throws Exception {
        restart(Map.of(IDLE, SHORT));

        try (RawHttp client = RawHttp.connect(server.port())) {
            assertHealthy(client);
            long answered = System.nanoTime();

            assertThat(client.isClosedWithin(Duration.ofSeconds(10))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - answered))
                    .isGreaterThan(SHORT.dividedBy(2));
        }
    }

    @Test
    void aConnectionThatWaitsForItsAnswerIsNotIdle() throws Exception {
        restart(Map.of(IDLE, SHORT));

        try (SseStream stream = server.stream(thread, "hi")) {
            FakeRun run = server.runs.next();
            await().pollDelay(SHORT.multipliedBy(3)).until(() -> true);

            run.play(Samples.answer(run.run, "x"));

            assertThat(stream.rest())
                    .extracting(SseStream.Frame::event)
                    .contains("thread.run.completed");
        }
    }

    @Test
    void streamsSocketsAndKeptConnectionsOutliveTheDeadlines() throws Exception {
        restart(
                Map.of(
                        HEAD,
                        SHORT,
                        BODY,
                        SHORT,
                        "assistant-service.chat.sse-heartbeat-interval",
                        "100ms"));

        try (SocketClient socket = SocketClient.connect(server);
                RawHttp kept = RawHttp.connect(server.port());
                SseStream stream = server.stream(thread, "hi")) {
            assertHealthy(kept);
            server.runs.next();
            socket.chat(thread, "one");
            FakeRun one = server.runs.next();

            assertThat(stream.take(12)).hasSize(12);

            one.play(Samples.answer(one.run, "x"));
            assertThat(socket.until("metadata")).contains("thread.run.completed");
            socket.chat(thread, "two");
            assertThat(socket.until("thread.run.queued")).hasSize(2);
            assertThat(stream.take(1)).hasSize(1);
            assertHealthy(kept);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndTheOthersGoOn() throws Exception {
        restart(Map.of(MOST, 2));

        try (RawHttp first = RawHttp.connect(server.port())) {
            try (RawHttp second = RawHttp.connect(server.port())) {
                assertHealthy(first);
                assertHealthy(second);

                try (RawHttp third = RawHttp.connect(server.port())) {
                    assertThat(third.isClosedWithin(Duration.ofSeconds(10))).isTrue();
                }
                assertHealthy(first);
                assertHealthy(second);
            }
            await().untilAsserted(() -> {
                try (RawHttp next = RawHttp.connect(server.port())) {
                    assertHealthy(next);
                }
            });
        }
    }

    private static void assertHealthy(RawHttp client) throws IOException {
        client.send("GET", "/health", "");
        assertThat(client.readUntil("\"healthy\"}")).startsWith("HTTP/1.1 200 ");
    }

    /// Sends `begin`, then a byte ten times a second.
    private static void assertCut(RawHttp client, String begin) throws IOException {
        long started = System.nanoTime();
        client.write(begin.getBytes(US_ASCII));
        int dripped = 0;
        boolean isClosed = false;
        while (!isClosed && dripped < 100) {
            isClosed = client.isClosedWithin(Duration.ofMillis(100));
            dripped += isClosed || !client.tryWrite('x') ? 0 : 1;
        }
        assertThat(isClosed).isTrue();
        assertThat(dripped).isPositive();
        // The service counts from when it saw the connection or the first byte, not from here.
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThan(DRIPPED.dividedBy(2));
    }
}
