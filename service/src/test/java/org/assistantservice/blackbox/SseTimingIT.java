package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 17 to 19: what timers and limits do to streams.
class SseTimingIT {
    @TempDir Path folder;

    @Test
    void case17_heartbeatsComeWhileTheModelOrAnActionIsSilent() throws Exception {
        try (var running = RunningService.in(folder, "SSE_HEARTBEAT_INTERVAL", "1.0")) {
            running.model()
                    .onTag(
                            "silent model",
                            Turn.text("a").silence(Duration.ofMillis(3_500)).then("b"))
                    .onTag(
                            "silent action",
                            Turn.of(call("call_1", "slow", "{\"millis\":3500}")),
                            Turn.text("done"));

            for (String message : List.of("silent model", "silent action")) {
                try (SseClient stream = running.api().stream("new", message)) {
                    stream.readAll();

                    assertThat(stream.comments()).isGreaterThanOrEqualTo(2);
                    assertThat(stream.raw()).containsPattern(": keepalive\r?\n\r?\n");
                    assertThat(stream.frames())
                            .allSatisfy(frame -> assertThat(frame.data()).isNotEmpty());
                    assertThat(SseClient.names(stream.frames())).endsWith("metadata");
                }
            }
        }
    }

    @Test
    void case18_aStreamThatLastsTooLongIsEndedAndTheThreadIsFree() throws Exception {
        try (var running = RunningService.in(folder, "SSE_MAX_CONNECTION_DURATION", "2")) {
            running.model().onTag("for ever", Turn.text("a").hang());
            running.model().onTag("then this", Turn.text("Fine."));
            String thread = running.api().newThread();
            long begun = System.nanoTime();

            try (SseClient stream = running.api().stream(thread, "for ever")) {
                List<SseClient.Frame> frames = stream.readAll();

                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .isLessThan(Duration.ofSeconds(3));
                JsonNode last = frames.getLast().json();
                assertThat(last.get("error_type").asString()).isEqualTo("ConnectionTimeoutError");
                assertThat(last.get("error").asString()).isEqualTo("Connection timeout reached");
                assertThat(last.get("max_duration").asDouble()).isEqualTo(2.0);
            }
            assertThat(running.api().chat(thread, "then this").body())
                    .isEqualTo("{\"responses\":[\"Fine.\"]}");
        }
    }

    @Test
    void case20_aRunThatTakesTooLongExpiresWithItsEventAndOneError() throws Exception {
        try (var running = RunningService.in(folder, "ASSISTANT_SERVICE_RUN_DEADLINE", "2s")) {
            running.model().onTag("too long", Turn.text("a").hang());

            try (SseClient stream = running.api().stream("new", "too long")) {
                List<SseClient.Frame> frames = stream.readAll();

                assertThat(SseClient.names(frames))
                        .endsWith(
                                "thread.message.incomplete",
                                "thread.run.step.expired",
                                "thread.run.expired",
                                "error");
                JsonNode error = frames.getLast().json();
                assertThat(error.get("error").asString()).isEqualTo("Run expired");
                assertThat(error.get("error_type").asString()).isEqualTo("RunExpiredError");
            }
        }
    }

    @Test
    void case19_oneStreamTooManyIsRefusedUntilOneCloses() throws Exception {
        try (var running = RunningService.in(folder)) {
            running.model().answer(request -> Turn.text("a").hang());
            List<SseClient> open = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                SseClient stream = running.api().stream("new", "stream " + i);
                stream.next();
                open.add(stream);
            }
            String thread = running.api().newThread();

            HttpResponse<String> refused =
                    running.api().chat(thread, "one more", "Accept", "text/event-stream");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(refused.body())
                    .contains("id: rate_limit_error")
                    .contains("\"error_type\":\"RateLimitError\"")
                    .contains("\"max_connections\":10");
            assertThat(running.api().stored("/threads/" + thread + "/messages")).isEmpty();
            open.removeFirst().close();
            awaitAccepted(running, thread);
            for (SseClient stream : open) {
                stream.close();
            }
        }
    }

    private static void awaitAccepted(RunningService running, String thread) throws Exception {
        int status;
        do {
            try (SseClient stream = running.api().stream(thread, "now")) {
                status = stream.status();
            }
        } while (status == 429);
        assertThat(status).isEqualTo(200);
    }
}
