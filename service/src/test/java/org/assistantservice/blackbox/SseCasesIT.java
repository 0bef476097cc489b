package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 11 to 16 and 20 to 23: server-sent events, ends, resumption, order on a thread.
class SseCasesIT {
    private static final List<String> PLAIN =
            List.of(
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

    @TempDir static Path folder;
    private static RunningService running;
    private static ChatApi api;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningService.in(folder, "SSE_MAX_CONNECTIONS_PER_CLIENT", "100");
        api = running.api();
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void case11_aPlainAnswerIsExactlyTheseEventsAndThenTheEndOfTheBody() throws Exception {
        running.model().onTag("case 11", Turn.text("Good ", "morning."));

        try (SseClient stream = api.stream("new", "case 11")) {
            assertThat(SseClient.names(stream.readAll())).isEqualTo(PLAIN);
            assertThat(stream.raw()).doesNotContain("[DONE]");
        }
    }

    @Test
    void case12_framesAreAsciiLinesInAFixedOrderWithOneDataLine() throws Exception {
        running.model().onTag("case 12", Turn.text("é", "🌊", "\u2028|\u0085|\u2029"));

        try (SseClient stream = api.stream("new", "case 12")) {
            List<SseClient.Frame> frames = stream.readAll();

            assertThat(stream.raw()).matches("\\p{ASCII}*");
            assertThat(frames.getFirst().fields()).containsExactly("id", "event", "data", "retry");
            assertThat(frames.subList(1, frames.size()))
                    .allSatisfy(frame ->
                            assertThat(frame.fields()).containsExactly("id", "event", "data"));
            assertThat(stream.raw()).containsOnlyOnce("retry: 5000");
            assertThat(SseClient.text(frames)).isEqualTo("é🌊\u2028|\u0085|\u2029");
        }
    }

    @Test
    void case13_idsAreCursorsOfTheRunInOrderAndNoneTwice() throws Exception {
        running.model().onTag("case 13", Turn.text("a", "b", "c"));

        try (SseClient stream = api.stream("new", "case 13")) {
            List<SseClient.Frame> frames = stream.readAll();

            String runId = frames.getFirst().object().get("id").asString();
            List<String> ids = frames.stream().map(SseClient.Frame::id).toList();
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ids).allSatisfy(id -> assertThat(id).matches(runId + ":\\d+-\\d+"));
            assertThat(ids.stream().map(SseCasesIT::place)).isSorted();
        }
    }

    @Test
    void case14_theDeltasMakeTheMessageAndTheJsonAnswer() throws Exception {
        running.model()
                .onTag(
                        "case 14",
                        Turn.text("Rain ", "in ", "Oslo."),
                        Turn.text("Rain ", "in Oslo."));

        try (SseClient stream = api.stream("new", "case 14")) {
            List<SseClient.Frame> frames = stream.readAll();

            String whole =
                    frame(frames, "thread.message.completed")
                            .object()
                            .at("/content/0/text/value")
                            .asString();
            assertThat(SseClient.text(frames)).isEqualTo(whole);
            assertThat(ChatApi.json(api.chat("new", "case 14")).at("/responses/0").asString())
                    .isEqualTo(whole);
        }
    }

    @Test
    void case15_metadataHasItsFiveFieldsAndIsNewForEveryTurn() throws Exception {
        running.model().onTag("case 15", Turn.text("a"), Turn.text("b"));
        String thread = api.newThread();

        JsonNode first;
        String correlation;
        try (SseClient stream = api.stream(thread, "case 15")) {
            List<SseClient.Frame> frames = stream.readAll();
            first = frame(frames, "metadata").json();
            correlation = stream.header("X-Correlation-ID");
            assertThat(first.get("event_count").asInt()).isEqualTo(frames.size() - 1);
            assertThat(stream.header("Content-Type"))
                    .isEqualToIgnoringCase("text/event-stream; charset=utf-8");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-cache, no-transform");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        JsonNode second;
        try (SseClient stream = api.stream(thread, "case 15")) {
            second = frame(stream.readAll(), "metadata").json();
        }

        assertThat(first.propertyNames())
                .containsExactlyInAnyOrder(
                        "correlation_id",
                        "elapsed_time_seconds",
                        "event_count",
                        "thread_id",
                        "timestamp");
        assertThat(first.get("correlation_id").asString()).isEqualTo(correlation.substring(0, 8));
        assertThat(first.get("elapsed_time_seconds").isNumber()).isTrue();
        assertThat(first.get("timestamp").isNumber()).isTrue();
        assertThat(first.get("thread_id").asString()).isEqualTo(thread);
        assertThat(second.get("correlation_id")).isNotEqualTo(first.get("correlation_id"));
        assertThat(second.get("timestamp")).isNotEqualTo(first.get("timestamp"));
    }

    @ParameterizedTest
    @CsvSource({
        "'application/json, text/event-stream', text/event-stream",
        "*/*, application/json"
    })
    void case16_acceptDecidesByItsText(String accept, String type) throws Exception {
        running.model().onTag("case 16", Turn.text("a"));

        HttpResponse<String> answer = api.chat("new", "case 16", "Accept", accept);

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }

    @Test
    void case20_aFaultOfTheModelEndsWithOneFailedRunWhetherAtOnceOrInMidAnswer() throws Exception {
        running.model()
                .onTag("case 20 at once", Turn.status(400, Map.of(), "{\"error\":\"secret\"}"))
                .onTag("case 20 in mid", Turn.text("Half ", "an ", "answer").cutAfter(2));

        for (String message : List.of("case 20 at once", "case 20 in mid")) {
            try (SseClient stream = api.stream("new", message)) {
                List<SseClient.Frame> frames = stream.readAll();

                assertThat(SseClient.names(frames)).endsWith("thread.run.failed");
                assertThat(SseClient.names(frames)).doesNotContain("metadata", "error");
                assertThat(stream.raw()).doesNotContain("secret");
                assertThat(frames.getLast().object().at("/last_error/message").asString())
                        .isEqualTo(
                                "Model provider error (correlation_id: "
                                        + stream.header("X-Correlation-ID").substring(0, 8)
                                        + ")");
            }
        }
    }

    @Test
    void case20_aCancelledRunEndsWithItsEventAndOneError() throws Exception {
        running.model().onTag("case 20 cancel", Turn.text("Half ").hang());

        try (SseClient stream = api.stream("new", "case 20 cancel")) {
            stream.readUntil(frame -> frame.event().equals("thread.message.delta"));
            String runId = stream.frames().getFirst().object().get("id").asString();
            HttpResponse<String> cancel = api.post("/runs/" + runId + "/cancel", "");
            stream.readAll();

            assertThat(cancel.statusCode()).isEqualTo(200);
            assertThat(SseClient.names(stream.frames()))
                    .endsWith(
                            "thread.run.cancelling",
                            "thread.message.incomplete",
                            "thread.run.step.cancelled",
                            "thread.run.cancelled",
                            "error");
            JsonNode error = stream.frames().getLast().json();
            assertThat(error.get("error").asString()).isEqualTo("Run cancelled");
            assertThat(error.get("error_type").asString()).isEqualTo("RunCancelledError");
        }
    }

    @Test
    void case20_anAnswerCutAtTheTokenLimitIsIncompleteWithOneError() throws Exception {
        running.model().onTag("case 20 length", Turn.text("Half").finishReason("length"));

        try (SseClient stream = api.stream("new", "case 20 length")) {
            List<SseClient.Frame> frames = stream.readAll();

            assertThat(SseClient.names(frames))
                    .endsWith(
                            "thread.message.incomplete",
                            "thread.run.step.completed",
                            "thread.run.incomplete",
                            "error");
            assertThat(frames.getLast().json().get("error").asString())
                    .isEqualTo("Run incomplete: max_completion_tokens");
        }
    }

    @Test
    void case21_aStreamDroppedAfterAnyEventGoesOnFromThere() throws Exception {
        Turn round =
                Turn.text("Let me ", "see.")
                        .calls(call("call_1", "get_weather", "{\"location\":", "\"Paris\"}"));
        Turn answer = Turn.text("It ", "is ", "sunny.");
        running.model().onTag("case 21", round, answer);
        List<SseClient.Frame> whole;
        String thread = api.newThread();
        try (SseClient stream = api.stream(thread, "case 21")) {
            whole = List.copyOf(stream.readAll());
        }
        int asked = running.model().requests().size();

        for (int k = 1; k <= whole.size(); k++) {
            String cursor = whole.get(k - 1).id();
            if (cursor != null) {
                try (SseClient rest =
                        api.stream(thread, "ignored", Map.of("Last-Event-ID", cursor))) {
                    assertThat(raw(rest.readAll())).isEqualTo(raw(whole.subList(k, whole.size())));
                }
            }
        }

        assertThat(running.model().requests()).hasSize(asked);
        assertThat(userMessages(thread)).containsExactly("case 21");
    }

    @Test
    void case21_aStreamDroppedWhileItRunsGoesOnLive() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        running.model()
                .onTag("case 21 live", Turn.text("one ", "two ").pauseUntil(latch).then("three"));
        String thread = api.newThread();
        List<SseClient.Frame> seen = new ArrayList<>();
        try (SseClient stream = api.stream(thread, "case 21 live")) {
            stream.readUntil(frame -> frame.event().equals("thread.message.delta"));
            seen.addAll(stream.frames());
        }
        String cursor = seen.getLast().id();

        try (SseClient rest = api.stream(thread, "x", Map.of("Last-Event-ID", cursor))) {
            latch.countDown();
            seen.addAll(rest.readAll());
        }

        assertThat(SseClient.text(seen)).isEqualTo("one two three");
        assertThat(seen.stream().map(SseClient.Frame::id)).doesNotHaveDuplicates();
        assertThat(SseClient.names(seen)).endsWith("thread.run.completed", "metadata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"made-up", "run_abc:1-1", "12345678_thread.run.created_1"})
    void case21_anUnknownCursorIsA404AndAddsNothing(String cursor) throws Exception {
        String thread = api.newThread();

        HttpResponse<String> answer =
                api.chat(thread, "hello", "Accept", "text/event-stream", "Last-Event-ID", cursor);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(ChatApi.json(answer).get("detail").asString())
                .startsWith("Unknown Last-Event-ID (correlation_id: ");
        assertThat(userMessages(thread)).isEmpty();
    }

    @Test
    void case21_aCursorOfAnotherThreadIsA404() throws Exception {
        running.model().onTag("case 21 foreign", Turn.text("a"));
        String cursor;
        try (SseClient stream = api.stream("new", "case 21 foreign")) {
            cursor = Objects.requireNonNull(stream.readAll().getFirst().id());
        }

        HttpResponse<String> answer =
                api.chat(
                        api.newThread(),
                        "x",
                        "Accept",
                        "text/event-stream",
                        "Last-Event-ID",
                        cursor);

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void case22_aNewMessageTakesThePlaceOfARunWhoseReaderLeft() throws Exception {
        running.model().onTag("case 22 first", Turn.text("Half").hang());
        running.model().onTag("case 22 second", Turn.text("Here."));
        String thread = api.newThread();
        try (SseClient left = api.stream(thread, "case 22 first")) {
            left.readUntil(frame -> frame.event().equals("thread.message.delta"));
        }
        waitUntilUnread();

        long posted = System.nanoTime();
        try (SseClient stream = api.stream(thread, "case 22 second")) {
            stream.next();
            assertThat(Duration.ofNanos(System.nanoTime() - posted))
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(SseClient.text(stream.readAll())).isEqualTo("Here.");
        }
    }

    @Test
    void case23_twoMessagesAtOnceAreAnsweredOneAfterTheOther() throws Exception {
        running.model()
                .onTag("case 23", Turn.text("one").pace(Duration.ofMillis(50)), Turn.text("two"));
        String thread = api.newThread();

        List<HttpResponse<String>> answers = together(2, thread, "case 23");

        assertThat(answers).allSatisfy(it -> assertThat(it.statusCode()).isEqualTo(200));
        assertThat(api.stored("/threads/" + thread + "/messages")).hasSize(4);
        List<String> roles = new ArrayList<>();
        api.stored("/threads/" + thread + "/messages")
                .forEach(it -> roles.add(it.get("role").asString()));
        assertThat(roles).containsExactly("user", "assistant", "user", "assistant");
    }

    @Test
    void case23_tooManyWaitingMessagesAreTurnedAwayWithAHint() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        running.model().onTag("case 23 six", Turn.text("a").pauseUntil(latch));
        for (int i = 0; i < 6; i++) {
            running.model().onTag("case 23 six", Turn.text("b"));
        }
        String thread = api.newThread();
        List<HttpResponse<String>> answers;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> posts = new ArrayList<>();
            Callable<HttpResponse<String>> post = () -> api.chat(thread, "case 23 six");
            for (int i = 0; i < 7; i++) {
                posts.add(clients.submit(post));
            }
            while (posts.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            latch.countDown();
            answers = new ArrayList<>();
            for (Future<HttpResponse<String>> done : posts) {
                answers.add(done.get());
            }
        }

        List<HttpResponse<String>> busy =
                answers.stream().filter(it -> it.statusCode() == 409).toList();
        assertThat(busy).hasSize(2);
        assertThat(busy.getFirst().headers().firstValue("Retry-After")).isPresent();
        assertThat(ChatApi.json(busy.getFirst()).get("detail").asString())
                .startsWith("Thread is busy (correlation_id: ");
    }

    private static List<HttpResponse<String>> together(int count, String thread, String message)
            throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> post = () -> api.chat(thread, message);
            for (Future<HttpResponse<String>> done :
                    clients.invokeAll(java.util.Collections.nCopies(count, post))) {
                answers.add(done.get());
            }
        }
        return answers;
    }

    /// The service notices a client that left within 0.3 s without a write.
    private static void waitUntilUnread() throws InterruptedException {
        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(500);
    }

    private static List<String> userMessages(String thread) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : api.stored("/threads/" + thread + "/messages")) {
            if (message.get("role").asString().equals("user")) {
                texts.add(message.at("/content/0/text/value").asString());
            }
        }
        return texts;
    }

    /// Frames as they came, without what belongs to the connection and not to the run.
    private static List<String> raw(List<SseClient.Frame> frames) {
        return frames.stream().map(frame -> frame.raw().replace("retry: 5000\n", "")).toList();
    }

    private static SseClient.Frame frame(List<SseClient.Frame> frames, String name) {
        return frames.stream()
                .filter(it -> it.event().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name));
    }

    private static long place(String id) {
        String[] place = id.substring(id.indexOf(':') + 1).split("-", -1);
        return Long.parseLong(place[0]) * 1_000_000 + Long.parseLong(place[1]);
    }
}
