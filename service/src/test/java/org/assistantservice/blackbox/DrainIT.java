package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assistantservice.testing.Turn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// SIGTERM while runs are under way: what callers see, how soon the process ends, and what becomes
/// of the runs after the next start.
class DrainIT {
    private static final int STREAMS = 20;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(9);

    @TempDir Path folder;
    private RunningService running;

    @BeforeEach
    void start() throws Exception {
        running = RunningService.in(folder, "SSE_MAX_CONNECTIONS_PER_CLIENT", "50");
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void streamsOfASilentModelEndWithAHintAndTheirRunsEndAfterTheRestart() throws Exception {
        running.model().answer(_ -> Turn.text("Half ", "an ", "answer").hang());
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            readers.add(Reader.of(running.api(), "message " + i));
        }
        long begun = System.nanoTime();

        running.service().terminate();
        awaitDraining();
        HttpResponse<String> refused = running.api().chat("new", "one more");
        HttpResponse<String> readiness = running.api().get("/health/readiness");
        int health = running.api().get("/health").statusCode();
        List<String> ends = readAll(readers);
        int code = running.service().waitForExit();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(ChatApi.json(refused).get("detail").asString())
                .startsWith("Service is shutting down (correlation_id: ");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(health).isEqualTo(503);
        assertThat(ends).hasSize(STREAMS).containsOnly("ServiceRestartingError");
        assertThat(code).isIn(0, 143);
        assertThat(took).isLessThan(LONGEST_DRAIN);

        running.model().answer(_ -> Turn.text("The ", "whole ", "answer."));
        running.service().start();
        for (Reader reader : readers) {
            reader.resume(running);
            assertThat(reader.text()).isEqualTo("The whole answer.").isEqualTo(stored(reader));
            assertThat(SseClient.names(reader.frames)).endsWith("thread.run.completed", "metadata");
        }
    }

    @Test
    void aShortAnswerUnderWayIsCompletedDuringTheDrain() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        running.model().answer(_ -> Turn.text("Short ").pauseUntil(goOn).then("answer."));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor();
                WsClient socket = WsClient.connect(running.service())) {
            Reader reader = Reader.of(running.api(), "stream");
            Future<HttpResponse<String>> json =
                    clients.submit(() -> running.api().chat("new", "json"));
            socket.send(ChatApi.message("new", "socket"));
            socket.until(it -> WsClient.event(it).equals("thread.message.delta"));
            awaitModelCalls(3);

            running.service().terminate();
            awaitDraining();
            goOn.countDown();

            reader.readToEnd();
            assertThat(reader.text()).isEqualTo("Short answer.");
            assertThat(SseClient.names(reader.frames)).endsWith("metadata");
            assertThat(ChatApi.json(json.get()).get("responses").get(0).asString())
                    .isEqualTo("Short answer.");
            assertThat(WsClient.events(socket.turn())).endsWith("metadata");
            assertThat(socket.closeCode()).isEqualTo(1012);
            assertThat(running.service().waitForExit()).isIn(0, 143);
        }
    }

    @Test
    void socketsAreClosedWith1012WhetherTheyAreIdleOrNot() throws Exception {
        running.model().answer(_ -> Turn.text("Half ").hang());
        try (WsClient idle = WsClient.connect(running.service());
                WsClient busy = WsClient.connect(running.service())) {
            busy.send(ChatApi.message("new", "socket"));
            busy.until(it -> WsClient.event(it).equals("thread.message.delta"));

            running.service().terminate();

            assertThat(idle.closeCode()).isEqualTo(1012);
            assertThat(busy.closeCode()).isEqualTo(1012);
            assertThat(running.service().waitForExit()).isIn(0, 143);
        }
    }

    @Test
    void aCallerWhoWaitsForJsonIsToldToComeBack() throws Exception {
        running.model().answer(_ -> Turn.text("Half ").hang());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> waiting =
                    clients.submit(() -> running.api().chat("new", "json"));
            awaitModelCalls(1);

            running.service().terminate();

            assertThat(waiting.get().statusCode()).isEqualTo(503);
            assertThat(waiting.get().headers().firstValue("Retry-After")).isPresent();
            assertThat(running.service().waitForExit()).isIn(0, 143);
        }
    }

    private void awaitDraining() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!running.service().log().contains("Stopping: no new turns")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        while (running.api().get("/health").statusCode() == 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private void awaitModelCalls(int count) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (running.model().requests().size() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /// The error types that the streams end with.
    private static List<String> readAll(List<Reader> readers) throws IOException {
        List<String> ends = new ArrayList<>();
        for (Reader reader : readers) {
            reader.readToEnd();
            ends.add(reader.frames.getLast().json().path("error_type").asString(""));
        }
        return ends;
    }

    private String stored(Reader reader) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : running.api().stored("/threads/" + reader.threadId + "/messages")) {
            if (message.get("role").asString().equals("assistant")) {
                texts.add(message.at("/content/0/text/value").asString());
            }
        }
        return String.join("", texts);
    }

    /// A client of one run, over all its connections.
    private static final class Reader {
        final List<SseClient.Frame> frames = new ArrayList<>();
        private SseClient stream;
        private @Nullable String cursor;
        String runId = "";
        String threadId = "";

        private Reader(SseClient stream) {
            this.stream = stream;
        }

        /// Begins a turn, and reads up to its first text.
        static Reader of(ChatApi api, String message) throws IOException {
            Reader reader = new Reader(api.stream("new", message));
            SseClient.Frame frame;
            do {
                frame = Objects.requireNonNull(reader.stream.next(), "The stream ended early");
                reader.keep(frame);
            } while (!frame.event().equals("thread.message.delta"));
            return reader;
        }

        void readToEnd() throws IOException {
            SseClient.Frame frame;
            while ((frame = stream.next()) != null) {
                keep(frame);
            }
            stream.close();
        }

        void resume(RunningService running) throws IOException {
            stream =
                    SseClient.get(
                            running.service().uri("/runs/" + runId + "/events"),
                            Map.of("Last-Event-ID", cursor));
            readToEnd();
        }

        String text() {
            return SseClient.text(frames);
        }

        private void keep(SseClient.Frame frame) {
            frames.add(frame);
            cursor = frame.id() == null ? cursor : frame.id();
            if (frame.event().equals("thread.run.created")) {
                runId = frame.object().get("id").asString();
                threadId = frame.object().get("thread_id").asString();
            }
        }
    }
}
