package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.nio.file.Path;
import java.util.List;
import org.assistantservice.blackbox.StatelessApi.Turned;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedCall;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The acceptance cases of the stateless chat that are about actions, on the packaged service.
class StatelessActionsIT {
    @TempDir static Path folder;
    private static StatelessApi api;

    @BeforeAll
    static void startService() throws Exception {
        api = StatelessApi.in(folder);
    }

    @AfterAll
    static void stopService() throws Exception {
        api.running().close();
    }

    private static void script(String tag, Turn... turns) {
        api.running().model().onTag(tag, turns);
    }

    @Test
    void case13_anActionIsShownWithItsBeginningAndItsEnd() throws Exception {
        script(
                "case 13",
                Turn.of(call("call_1", "get_current_datetime", "{}")),
                Turn.text("It is ten."));

        Turned turned = api.turn(StatelessApi.body("case 13"));

        assertThat(turned.types())
                .containsExactly(
                        "tool_start", "tool_end", "text", "context_update", "updated_context");
        JsonNode start = turned.contents("tool_start").getFirst();
        assertThat(start.propertyNames())
                .containsExactly("id", "name", "description", "action", "user_notification");
        assertThat(start.get("description").asString()).isEqualTo("The date and time now.");
        assertThat(start.get("action").asString()).isEqualTo("Looking at the clock");
        assertThat(start.get("user_notification")).isEqualTo(start.get("action"));
        assertThat(start.get("id").asString()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(turned.contents("tool_end"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "{\"id\":%s,\"name\":\"get_current_datetime\",\"result\":\"Current date and time: 2026-03-01 10:00:00\"}"
                                .formatted(start.get("id")));
        assertThat(turned.context().get("conversation_history"))
                .extracting(it -> it.get("role").asString())
                .containsExactly("human", "ai");
    }

    @Test
    void case14_callsOfOneRoundArePaired() throws Exception {
        script(
                "case 14",
                Turn.of(
                        call("call_1", "echo", "{\"text\":\"a\"}"),
                        call("call_2", "echo", "{\"text\":\"b\"}")),
                Turn.text("Done."));

        Turned turned = api.turn(StatelessApi.body("case 14"));

        List<String> started = ids(turned.contents("tool_start"));
        assertThat(started).hasSize(2).doesNotHaveDuplicates();
        assertThat(ids(turned.contents("tool_end"))).containsExactlyElementsOf(started);
        assertThat(turned.contents("tool_end"))
                .extracting(it -> it.get("result").asString())
                .containsExactly("a", "b");
        assertThat(turned.context().get("conversation_history")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "case 15|broken|{}|Error: Function 'broken' execution failed: the clock has"
                        + " stopped ",
                "case 17|echo|{}|Error: Invalid arguments for function 'echo': Missing required"
                        + " arguments: text ",
            })
    void case15and17_aFailedCallIsToldAndTheTurnGoesOn(
            String tag, String function, String arguments, String error) throws Exception {
        script(tag, Turn.of(call("call_1", function, arguments)), Turn.text("Sorry."));

        Turned turned = api.turn(StatelessApi.body(tag));

        assertThat(turned.types())
                .containsExactly(
                        "tool_start", "tool_end", "text", "context_update", "updated_context");
        JsonNode end = turned.contents("tool_end").getFirst();
        assertThat(end.get("error").asString()).isEqualTo(error + " " + turned.correlation());
        assertThat(end.get("result")).isEqualTo(end.get("error"));
    }

    @Test
    void case16_aCallToAnUnknownActionIsToldToTheModelOnly() throws Exception {
        script(
                "case 16",
                Turn.of(
                        call("call_1", "get_weather", "{}"),
                        call("call_2", "echo", "{\"text\":\"mine\"}")),
                Turn.text("Sorry."));

        Turned turned = api.turn(StatelessApi.body("case 16"));

        assertThat(turned.types())
                .containsExactly(
                        "tool_start", "tool_end", "text", "context_update", "updated_context");
        assertThat(turned.contents("tool_end").getFirst().get("result").asString())
                .isEqualTo("mine");
        assertThat(toolOutputs("case 16"))
                .containsExactly(
                        "Error: Function 'get_weather' not available " + turned.correlation(),
                        "mine");
    }

    @Test
    void case22_aModelThatNeverStopsIsStoppedWithOneError() throws Exception {
        ScriptedCall again = call("call_1", "echo", "{\"text\":\"x\"}");
        script("case 22", Turn.text("Let me see. ").calls(again));
        for (int i = 0; i < 25; i++) {
            script("case 22", Turn.of(again));
        }

        Turned turned = api.turn(StatelessApi.body("case 22"));

        assertThat(turned.contents("tool_start")).hasSize(25);
        assertThat(turned.contents("tool_end")).hasSize(25);
        assertThat(turned.types()).endsWith("error", "context_update", "updated_context");
        assertThat(turned.contents("error"))
                .singleElement()
                .extracting(JsonNode::asString)
                .isEqualTo(
                        "Response generation exceeded the maximum number of iterations. "
                                + turned.correlation());
        assertThat(turned.context().get("conversation_history").toString())
                .isEqualTo(
                        "[{\"role\":\"human\",\"content\":\"case 22\"},"
                                + "{\"role\":\"ai\",\"content\":\"Let me see. \"}]");
        assertThat(turned.stream().raw()).endsWith("data: [DONE]\n\n");
    }

    private static List<String> ids(List<JsonNode> contents) {
        return contents.stream().map(it -> it.get("id").asString()).toList();
    }

    /// Outputs of the actions as the model got them.
    private static List<String> toolOutputs(String userText) {
        List<RecordedRequest> requests =
                api.running().model().requests().stream()
                        .filter(it -> it.lastUserText().equals(userText))
                        .toList();
        return requests.getLast()
                .body()
                .get("messages")
                .valueStream()
                .filter(it -> it.get("role").asString().equals("tool"))
                .map(it -> it.get("content").asString())
                .toList();
    }
}
