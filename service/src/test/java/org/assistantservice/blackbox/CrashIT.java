package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Kills the process at every point of a run and starts it again. What counts afterwards is read
/// from the public API and from a witness file that the actions write and sync themselves.
class CrashIT {
    private static final int HALTED = 137;
    private static final String KEY = "crash-test-1";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "before-ack, record_once",
        "before-model, record_once",
        "first-byte, record_once",
        "after-send-before-log, record_once",
        "mid-stream, record_once",
        "after-plan, record_once",
        "after-started, record_once",
        "after-effect, record_once",
        "after-result, record_once",
        "before-finish, record_once",
        "after-finish, record_once",
        "after-plan, record_again",
        "after-started, record_again",
        "after-effect, record_again",
        "after-result, record_again",
        "after-plan, record_read",
        "after-started, record_read",
        "after-effect, record_read",
        "after-result, record_read",
        "before-finish, record_read",
    })
    void aRunSurvivesAKillAtEveryPointOfItsWay(String failpoint, String action) throws Exception {
        try (var model = ScriptedModelServer.start();
                var service = prepared(model)) {
            model.answer(request -> conversation(request, action));
            Seen seen = crash(service, failpoint);

            service.without("FAILPOINT").start();
            var api = new ChatApi(service);
            Seen rest = resume(api, service, seen);

            JsonNode run = ended(api, rest.runId);
            assertThat(run.get("status").asString()).isEqualTo("completed");
            assertWitness(action, calls(api, rest).get(0));
            assertThat(model.requests().size())
                    .isLessThanOrEqualTo(maxModelCalls(failpoint, action));
            assertMessages(api, rest);
            assertThat(SseClient.text(rest.frames)).isEqualTo(reply(api, rest));
            assertThat(api.chat(rest.threadId, "and again?").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRunThatKillsTheProcessEachTimeFailsInTheEnd() throws Exception {
        try (var model = ScriptedModelServer.start();
                var service = prepared(model)) {
            model.answer(request -> Turn.text("Hello."));
            Seen seen = crash(service, "before-model");
            for (int restart = 0; restart < 2; restart++) {
                service.startAndWaitForExit();
            }

            service.without("FAILPOINT").start();
            var api = new ChatApi(service);
            Seen rest = resume(api, service, seen);

            JsonNode run = ended(api, rest.runId);
            assertThat(run.get("status").asString()).isEqualTo("failed");
            assertThat(run.get("last_error").get("message").asString())
                    .isEqualTo("The run was taken up too often");
        }
    }

    @Test
    void aKillDuringADrainLosesNothing() throws Exception {
        try (var model = ScriptedModelServer.start();
                var service = prepared(model)) {
            model.answer(request -> Turn.text("Half ").hang());
            service.with("FAILPOINT", "during-drain:1:halt").jvm("-Dfailpoints=on").start();
            String runId = runIdOf(new ChatApi(service), 1);
            service.terminate();
            assertThat(service.waitForExit()).isEqualTo(HALTED);
            model.answer(request -> Turn.text("Whole."));

            service.without("FAILPOINT").start();

            assertThat(ended(new ChatApi(service), runId).get("status").asString())
                    .isEqualTo("completed");
        }
    }

    @Test
    void aKillAtAnyMomentOfTheFirstStartLeavesNothingBroken() throws Exception {
        try (var model = ScriptedModelServer.start();
                var service = prepared(model)) {
            model.answer(request -> Turn.text("Hello."));
            for (int milliseconds = 200; milliseconds <= 1_700; milliseconds += 300) {
                service.startAndKillAfter(Duration.ofMillis(milliseconds));
            }

            service.start();

            assertThat(new ChatApi(service).chat("new", "Hi").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingAcknowledgedIsLostWhenTheProcessIsKilledUnderLoad(long seed) throws Exception {
        try (var model = ScriptedModelServer.start();
                var service = prepared(model).start()) {
            model.answer(request -> conversation(request, "record_once"));
            List<String> acknowledged = new ArrayList<>();
            var api = new ChatApi(service);
            for (int i = 0; i < 20; i++) {
                acknowledged.add(runIdOf(api, i));
            }
            TimeUnit.MILLISECONDS.sleep(seed * 37);
            service.kill();

            service.start();

            for (String runId : acknowledged) {
                assertThat(ended(new ChatApi(service), runId).get("status").asString())
                        .isEqualTo("completed");
            }
            assertThat(witnessed()).doesNotHaveDuplicates();
        }
    }

    private ServiceProcess prepared(ScriptedModelServer model) throws IOException {
        ServiceProcess service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "test")
                        .with("WITNESS", folder.resolve("witness"));
        TestPack.drop(service);
        return service;
    }

    /// First the action, then an answer in several pieces.
    private static Turn conversation(RecordedRequest request, String action) {
        boolean acted = request.body().get("messages").toString().contains("\"role\":\"tool\"");
        return acted || request.lastUserText().contains("again?")
                ? Turn.text("I ", "have ", "written ", "it ", "down.").pace(Duration.ofMillis(30))
                : Turn.text("Let me ", "write.")
                        .calls(call("call_w", action, "{\"line\":", "\"hello\"}"));
    }

    private Seen crash(ServiceProcess service, String failpoint) throws Exception {
        service.with("FAILPOINT", failpoint + ":1:halt").jvm("-Dfailpoints=on").start();
        Seen seen = new Seen();
        try (SseClient stream =
                new ChatApi(service)
                        .stream("new", "Write this down", Map.of("Idempotency-Key", KEY))) {
            SseClient.Frame frame;
            while ((frame = stream.next()) != null) {
                seen.add(frame);
            }
        } catch (IOException e) {
            assertThat(service.waitForExit()).as("the stream broke: %s", e).isEqualTo(HALTED);
        }
        assertThat(service.waitForExit()).isEqualTo(HALTED);
        return seen;
    }

    /// A client that knows its run comes back with its cursor; one that was never answered repeats
    /// its request.
    private static Seen resume(ChatApi api, ServiceProcess service, Seen seen) throws Exception {
        if (seen.cursor == null) {
            try (SseClient stream =
                    api.stream("new", "Write this down", Map.of("Idempotency-Key", KEY))) {
                stream.readAll().forEach(seen::add);
            }
        } else {
            try (SseClient stream =
                    SseClient.get(
                            service.uri("/runs/" + seen.runId + "/events"),
                            Map.of("Last-Event-ID", seen.cursor))) {
                stream.readAll().forEach(seen::add);
            }
        }
        return seen;
    }

    /// The calls of the run's action step.
    private static JsonNode calls(ChatApi api, Seen seen) throws Exception {
        for (JsonNode step :
                api.stored("/threads/" + seen.threadId + "/runs/" + seen.runId + "/steps")) {
            if (step.get("type").asString().equals("tool_calls")) {
                return step.get("step_details").get("tool_calls");
            }
        }
        throw new AssertionError("The run has no action step");
    }

    /// At most once for an action that must not be repeated, with the truth about what is known;
    /// under one key for one that may be.
    private void assertWitness(String action, JsonNode call) throws IOException {
        List<String> lines = witnessed();
        String output = call.get("function").get("output").asString();
        if (action.equals("record_read")) {
            // Under another key if its plan was not stored yet: the model was asked anew.
            assertThat(lines).isNotEmpty();
            assertThat(output).isEqualTo("written: hello");
        } else if (action.equals("record_again")) {
            assertThat(lines).isNotEmpty();
            assertThat(lines.stream().distinct()).hasSize(1);
            assertThat(output).isEqualTo("written: hello");
        } else if (output.startsWith("Error: The outcome of function 'record_once' is unknown")) {
            assertThat(lines).hasSizeLessThanOrEqualTo(1);
        } else {
            assertThat(lines).hasSize(1);
            assertThat(output).isEqualTo("written: hello");
        }
    }

    /// A stored plan is never asked for again. What only reads does not wait for its plan to be
    /// stored, and the model is asked on while results are being stored.
    private static int maxModelCalls(String failpoint, String action) {
        return switch (failpoint) {
            case "after-finish" -> 2;
            case "after-plan", "after-started", "after-effect" ->
                    action.equals("record_read") ? 3 : 2;
            default -> 3;
        };
    }

    private static void assertMessages(ChatApi api, Seen seen) throws Exception {
        List<String> shown = new ArrayList<>();
        for (JsonNode message : api.stored("/threads/" + seen.threadId + "/messages")) {
            shown.add(
                    message.get("role").asString()
                            + ": "
                            + message.get("content").get(0).get("text").get("value").asString());
        }
        assertThat(shown)
                .containsExactly(
                        "user: Write this down",
                        "assistant: Let me write.",
                        "assistant: I have written it down.");
    }

    private static String reply(ChatApi api, Seen seen) throws Exception {
        JsonNode messages = api.stored("/threads/" + seen.threadId + "/messages");
        boolean all = SseClient.names(seen.frames).stream().noneMatch("reset"::equals);
        StringBuilder text = new StringBuilder();
        for (JsonNode message : messages) {
            if (message.get("role").asString().equals("assistant")) {
                String value = message.get("content").get(0).get("text").get("value").asString();
                if (all || seen.shownAfterReset(message.get("id").asString())) {
                    text.append(value);
                }
            }
        }
        return text.toString();
    }

    private static String runIdOf(ChatApi api, int i) throws Exception {
        try (SseClient stream = api.stream("new", "Message " + i)) {
            SseClient.Frame first = Objects.requireNonNull(stream.next(), "no event");
            return first.object().get("id").asString();
        }
    }

    private static JsonNode ended(ChatApi api, String runId) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        JsonNode run;
        do {
            run = ChatApi.json(api.get("/runs/" + runId));
            TimeUnit.MILLISECONDS.sleep(50);
        } while (!List.of("completed", "failed", "cancelled", "expired", "incomplete")
                        .contains(run.path("status").asString(""))
                && System.nanoTime() < deadline);
        return run;
    }

    private List<String> witnessed() throws IOException {
        Path file = folder.resolve("witness");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /// What a client has of its run, over all its connections.
    private static final class Seen {
        final List<SseClient.Frame> frames = new ArrayList<>();
        @Nullable String cursor;
        String runId = "";
        String threadId = "";

        void add(SseClient.Frame frame) {
            frames.add(frame);
            if (frame.id() != null) {
                cursor = frame.id();
            }
            if (frame.event().equals("thread.run.created")) {
                runId = frame.object().get("id").asString();
                threadId = frame.object().get("thread_id").asString();
            }
        }

        /// Whether a message's text came, whole, after the last reset.
        boolean shownAfterReset(String messageId) {
            int reset = SseClient.names(frames).lastIndexOf("reset");
            return frames.subList(reset + 1, frames.size()).stream()
                    .filter(frame -> frame.event().equals("thread.message.completed"))
                    .anyMatch(frame -> frame.object().get("id").asString().equals(messageId));
        }
    }
}
