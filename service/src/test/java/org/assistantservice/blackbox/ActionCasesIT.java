package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 24 to 27: actions are really run, and what they return reaches the model and
/// the answer.
class ActionCasesIT {
    private static final String SUNNY = "The weather in Paris is sunny and 72°F";

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
    void case24_theOutputReachesTheModelAndTheSameStream() throws Exception {
        running.model().onTag("case 24 sse", askWeather(), Turn.text("It is ", "sunny."));

        try (SseClient stream = api.stream("new", "case 24 sse")) {
            List<SseClient.Frame> frames = stream.readAll();
            List<String> names = SseClient.names(frames);

            int planned = names.indexOf("thread.run.requires_action");
            int completed = names.indexOf("thread.run.step.completed");
            assertThat(planned).isPositive().isLessThan(completed);
            assertThat(names.subList(planned, completed + 3))
                    .containsExactly(
                            "thread.run.requires_action",
                            "thread.run.step.completed",
                            "thread.run.queued",
                            "thread.run.in_progress");
            assertCall(frames.get(planned), frames.get(completed));
            assertThat(names).endsWith("thread.run.completed", "metadata");
            assertThat(SseClient.text(frames)).isEqualTo("It is sunny.");
            assertThat(frames.getLast().json().get("event_count").asInt())
                    .isEqualTo(names.size() - 1);
        }
        assertThat(toolOutputs("case 24 sse")).containsExactly(SUNNY);
    }

    @Test
    void case24_jsonModeAnswersWithTheFinalText() throws Exception {
        running.model().onTag("case 24 json", askWeather(), Turn.text("It is sunny."));

        HttpResponse<String> answer = api.chat(api.newThread(), "case 24 json");

        assertThat(answer.body()).isEqualTo("{\"responses\":[\"It is sunny.\"]}");
    }

    @Test
    void case24_webSocketShowsTheSameOrder() throws Exception {
        running.model().onTag("case 24 ws", askWeather(), Turn.text("It is sunny."));

        try (WsClient socket = WsClient.connect(running.service())) {
            List<JsonNode> frames = socket.send(ChatApi.message("new", "case 24 ws")).turn();

            List<String> events = WsClient.events(frames);
            assertThat(events.indexOf("thread.run.requires_action"))
                    .isLessThan(events.indexOf("thread.run.step.completed"));
            assertThat(events).endsWith("thread.run.completed", "metadata");
        }
    }

    @Test
    void case25_callsOfOneRoundRunTogether() throws Exception {
        running.model()
                .onTag(
                        "case 25 two",
                        Turn.of(
                                call("call_a", "slow", "{\"millis\":1000}"),
                                call("call_b", "slow", "{\"millis\":1001}")),
                        Turn.text("Done."));

        long begun = System.nanoTime();
        HttpResponse<String> answer = api.chat("new", "case 25 two");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Duration.ofMillis(1_800));
        assertThat(toolOutputs("case 25 two")).containsExactly("waited 1000", "waited 1001");
    }

    @Test
    void case25_threeRoundsAreShownInOneStream() throws Exception {
        running.model()
                .onTag(
                        "case 25 three",
                        askWeather(),
                        askWeather(),
                        askWeather(),
                        Turn.text("Enough."));

        try (SseClient stream = api.stream("new", "case 25 three")) {
            assertThat(
                            SseClient.names(stream.readAll()).stream()
                                    .filter("thread.run.requires_action"::equals))
                    .hasSize(3);
        }
    }

    @Test
    void case25_aModelThatNeverStopsAskingIsStoppedAfter25Rounds() throws Exception {
        for (int i = 0; i < 26; i++) {
            running.model().onTag("case 25 endless", askWeather());
        }

        try (SseClient stream = api.stream("new", "case 25 endless")) {
            List<SseClient.Frame> frames = stream.readAll();

            assertThat(SseClient.names(frames)).endsWith("thread.run.failed");
            assertThat(
                            SseClient.names(frames).stream()
                                    .filter("thread.run.requires_action"::equals))
                    .hasSize(25);
            assertThat(frames.getLast().object().get("last_error").toString())
                    .isEqualTo(
                            "{\"code\":\"server_error\",\"message\":\"Too many action rounds\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get_weather|{\"location\":|Error: Invalid JSON arguments: .*",
                "nope|{}|Error: Function 'nope' not available \\(correlation_id: .{8}\\)",
                "get_weather|{}|Error: Invalid arguments for function 'get_weather': Missing"
                        + " required arguments: location \\(correlation_id: .{8}\\)",
                "get_weather|{\"location\":5}|Error: Invalid arguments for function"
                        + " 'get_weather': .* \\(correlation_id: .{8}\\)",
                "get_weather|[1]|Error: Invalid arguments for function 'get_weather': .*"
                        + " \\(correlation_id: .{8}\\)",
                "fails|{}|Error: Function 'fails' execution failed: limit must be 1 to 20"
                        + " \\(correlation_id: .{8}\\)",
                "sleepy|{}|Error: Function 'sleepy' execution failed: timed out after 1 s"
                        + " \\(correlation_id: .{8}\\)",
                "hidden|{}|Error: Function 'hidden' not available \\(correlation_id: .{8}\\)"
            })
    void case26_aBadCallIsToldToTheModelAndTheRunCompletes(
            String function, String arguments, String output) throws Exception {
        String tag = "case 26 " + function + arguments.length();
        running.model()
                .onTag(tag, Turn.of(call("call_1", function, arguments)), Turn.text("Sorry."));

        HttpResponse<String> answer = api.chat("new", tag);

        assertThat(ChatApi.json(answer).at("/responses/0").asString()).isEqualTo("Sorry.");
        assertThat(toolOutputs(tag)).singleElement().asString().matches(output);
        assertThat(Files.exists(folder.resolve("witness"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number|5",
                "truth|true",
                "nothing|null",
                "reading|{\"city\":\"Paris\",\"degrees\":22}",
                "cities|[\"Paris\",\"Rome\"]"
            })
    void case27_resultsReachTheModelAsJsonText(String function, String output) throws Exception {
        String tag = "case 27 " + function;
        running.model().onTag(tag, Turn.of(call("call_1", function, "")), Turn.text("Thanks."));

        assertThat(api.chat("new", tag).statusCode()).isEqualTo(200);

        assertThat(toolOutputs(tag)).containsExactly(output);
    }

    @Test
    void theStoredStepsHoldCallsAndOutputsAsTheAssistantsApiShowsThem() throws Exception {
        running.model().onTag("stored steps", askWeather(), Turn.text("Sunny."));
        JsonNode begun = ChatApi.json(api.chat("new", "stored steps"));
        String thread = begun.get("thread_id").asString();
        String run = api.stored("/threads/" + thread + "/runs").get(0).get("id").asString();

        JsonNode steps = api.stored("/threads/" + thread + "/runs/" + run + "/steps");

        List<String> types = new ArrayList<>();
        steps.forEach(step -> types.add(step.get("type").asString()));
        assertThat(types).containsExactly("tool_calls", "message_creation");
        assertThat(steps.get(0).at("/step_details/tool_calls/0/function/output").asString())
                .isEqualTo(SUNNY);
    }

    private static Turn askWeather() {
        return Turn.of(call("call_1", "get_weather", "{\"loca", "tion\":\"Par", "is\"}"));
    }

    private static void assertCall(SseClient.Frame planned, SseClient.Frame completed) {
        JsonNode asked = planned.object().at("/required_action/submit_tool_outputs/tool_calls/0");
        JsonNode done = completed.object().at("/step_details/tool_calls/0");
        assertThat(asked.at("/function/name").asString()).isEqualTo("get_weather");
        assertThat(asked.at("/function/arguments").asString())
                .isEqualTo("{\"location\":\"Paris\"}");
        assertThat(done.get("id")).isEqualTo(asked.get("id"));
        assertThat(done.at("/function/output").asString()).isEqualTo(SUNNY);
    }

    /// The tool results in the last request of the conversation that `message` began.
    private static List<String> toolOutputs(String message) {
        List<RecordedRequest> asked =
                running.model().requests().stream()
                        .filter(it -> it.lastUserText().equals(message))
                        .toList();
        List<String> outputs = new ArrayList<>();
        for (JsonNode sent : asked.getLast().body().get("messages")) {
            if (sent.get("role").asString().equals("tool")) {
                outputs.add(sent.get("content").asString());
            }
        }
        return outputs;
    }
}
