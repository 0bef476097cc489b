package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The header `Idempotency-Key`: a request that is sent again is not done again.
class IdempotencyIT {
    private static final int SENDERS = 20;

    @TempDir static Path folder;
    private static RunningService running;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningService.in(folder, "SSE_MAX_CONNECTIONS_PER_CLIENT", "50");
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void twentyCallersWithOneKeyShareOneRunAndItsAnswer() throws Exception {
        running.model()
                .onTag("share", Turn.text("One ").silence(Duration.ofSeconds(1)).then("answer."));
        String thread = running.api().newThread();
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sent.add(clients.submit(() -> persistent(thread)));
            }
            for (Future<HttpResponse<String>> one : sent) {
                answers.add(one.get());
            }
        }

        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly("{\"responses\":[\"One answer.\"]}");
        assertThat(answers.stream().map(IdempotencyIT::runId).distinct().toList())
                .singleElement()
                .asString()
                .startsWith("run_");
        assertThat(asked("share")).isEqualTo(1);
        assertThat(running.api().stored("/threads/" + thread + "/messages")).hasSize(2);
    }

    @Test
    void newThreadsOfOneKeyAreOneThread() throws Exception {
        running.model().onTag("new ones", Turn.text("Here."));
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = chat("new ones", "new-1");
            threads.add(ChatApi.json(answer).get("thread_id").asString());
        }

        assertThat(threads.stream().distinct()).hasSize(1);
        assertThat(asked("new ones")).isEqualTo(1);
    }

    @Test
    void aStreamOfTheSameKeyShowsTheWholeRunAgain() throws Exception {
        running.model().onTag("streams", Turn.text("From ", "the ", "start."));
        List<String> texts = new ArrayList<>();
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (SseClient stream =
                    running.api().stream("new", "streams", Map.of("Idempotency-Key", "stream-1"))) {
                texts.add(SseClient.text(stream.readAll()));
                runs.add(stream.header("X-Run-Id"));
            }
        }

        assertThat(texts).containsOnly("From the start.");
        assertThat(runs.stream().distinct()).hasSize(1);
        assertThat(asked("streams")).isEqualTo(1);
    }

    @Test
    void anotherBodyUnderAUsedKeyIsRefused() throws Exception {
        running.model().onTag("first body", Turn.text("Done."));
        chat("first body", "body-1");

        HttpResponse<String> refused = chat("second body", "body-1");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(ChatApi.json(refused).get("detail").asString()).contains("Idempotency-Key");
        assertThat(asked("second body")).isZero();
    }

    @Test
    void aKeyStillCountsAfterAKillAndARestart() throws Exception {
        running.model().onTag("outlives", Turn.text("Kept."));
        HttpResponse<String> before = chat("outlives", "restart-1");

        running.service().kill();
        running.service().start();
        HttpResponse<String> after = chat("outlives", "restart-1");

        assertThat(after.body()).isEqualTo(before.body());
        assertThat(runId(after)).isEqualTo(runId(before)).startsWith("run_");
        assertThat(asked("outlives")).isEqualTo(1);
    }

    @Test
    void aFailedRunIsNotTriedAgainUnderItsKey() throws Exception {
        running.model().onTag("fails once", Turn.status(400, Map.of(), "{}"), Turn.text("Late."));
        HttpResponse<String> first = chat("fails once", "failed-1");
        HttpResponse<String> second = chat("fails once", "failed-1");

        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(second.statusCode()).isEqualTo(502);
        assertThat(runId(second)).isEqualTo(runId(first));
        assertThat(asked("fails once")).isEqualTo(1);
    }

    /// A caller who comes again, as told, where a run has as many readers as it may.
    private static HttpResponse<String> persistent(String thread) throws Exception {
        HttpResponse<String> answer;
        do {
            answer = running.api().chat(thread, "share", "Idempotency-Key", "shared-1");
            if (answer.statusCode() == 429) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } while (answer.statusCode() == 429);
        return answer;
    }

    private static HttpResponse<String> chat(String message, String key) throws Exception {
        return running.api().chat("new", message, "Idempotency-Key", key);
    }

    private static String runId(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Run-Id").orElse("");
    }

    /// How often the model was asked about this message.
    private static long asked(String message) {
        return running.model().requests().stream()
                .map(request -> request.body().path("messages"))
                .filter(JsonNode::isArray)
                .filter(messages -> messages.toString().contains("\"" + message + "\""))
                .count();
    }
}
