package org.assistantservice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.wire.Examples.CALL;
import static org.assistantservice.wire.Examples.MESSAGE;
import static org.assistantservice.wire.Examples.RUN;
import static org.assistantservice.wire.Examples.STEP;
import static org.assistantservice.wire.Examples.THREAD;
import static org.assistantservice.wire.Examples.WEATHER;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assistantservice.identity.CallId;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WireJsonTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RunStep.Details CALLS =
            new RunStep.ToolCalls("", List.of(CALL.ended(ToolCall.State.DONE, "21 °C")));
    private static final RunStep.Details WRITING = new RunStep.MessageCreation(MESSAGE);

    private final PublishedSchemas schemas = new PublishedSchemas();

    @Test
    void thePublishedSchemasRefuseARunThatLacksAKey() {
        String json = WireJson.run(Examples.run(RunStatus.COMPLETED));
        String lacking = json.replace("\"failed_at\":null,", "");

        assertThatThrownBy(() -> schemas.assertValid("RunObject", lacking))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("required property 'failed_at' not found");
    }

    @Test
    void aQueuedRunHasItsTwentySevenKeys() {
        Run run = new Run(Examples.spec(), RunState.QUEUED);

        String json = WireJson.run(run);

        assertThat(json)
                .isEqualTo(
                        """
                        {"id":"run_R","object":"thread.run","created_at":1700000000,\
                        "assistant_id":"asst_A","thread_id":"thread_T","status":"queued",\
                        "started_at":null,"expires_at":1700000600,"cancelled_at":null,\
                        "failed_at":null,"completed_at":null,"required_action":null,\
                        "last_error":null,"model":"gpt-test","instructions":"Be kind.",\
                        "tools":[{"type":"function","function":{"name":"get_weather",\
                        "description":"Current weather for a city.",\
                        "parameters":{"type":"object","properties":{}},"strict":true}}],\
                        "metadata":{"team":"blue"},"temperature":null,"top_p":null,\
                        "incomplete_details":null,"usage":null,"max_prompt_tokens":null,\
                        "max_completion_tokens":null,\
                        "truncation_strategy":{"type":"auto","last_messages":null},\
                        "response_format":"auto","tool_choice":"auto",\
                        "parallel_tool_calls":true}\
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusOfARunIsValid(RunStatus status) {
        schemas.assertValid("RunObject", WireJson.run(Examples.run(status)));
        schemas.assertValid("RunObject", WireJson.run(new Run(Examples.spec(), barely(status))));
    }

    private static RunState barely(RunStatus status) {
        return new RunState(status, null, null, null, null, List.of(), null);
    }

    @Test
    void aRunShowsOnlyWhatItsStatusAllows() {
        assertThat(shown(RunStatus.QUEUED)).isEqualTo(Map.of("expires_at", 1700000600));
        assertThat(shown(RunStatus.IN_PROGRESS))
                .isEqualTo(Map.of("started_at", 1700000001, "expires_at", 1700000600));
        assertThat(shown(RunStatus.CANCELLING)).isEqualTo(shown(RunStatus.IN_PROGRESS));
        assertThat(shown(RunStatus.REQUIRES_ACTION).keySet())
                .containsExactlyInAnyOrder("started_at", "expires_at", "required_action", "usage");
        assertThat(shown(RunStatus.COMPLETED).keySet())
                .containsExactlyInAnyOrder("started_at", "completed_at", "usage");
        assertThat(shown(RunStatus.INCOMPLETE).keySet())
                .containsExactlyInAnyOrder(
                        "started_at", "completed_at", "usage", "incomplete_details");
        assertThat(shown(RunStatus.FAILED).keySet())
                .containsExactlyInAnyOrder("started_at", "failed_at", "usage", "last_error");
        assertThat(shown(RunStatus.CANCELLED).keySet())
                .containsExactlyInAnyOrder("started_at", "cancelled_at", "usage");
        assertThat(shown(RunStatus.EXPIRED).keySet())
                .containsExactlyInAnyOrder("started_at", "usage");
    }

    /// The members that are not null, of those that come and go.
    private static Map<String, Object> shown(RunStatus status) {
        JsonNode run = JSON.readTree(WireJson.run(Examples.run(status)));
        List<String> changing =
                List.of(
                        "started_at",
                        "expires_at",
                        "cancelled_at",
                        "failed_at",
                        "completed_at",
                        "required_action",
                        "last_error",
                        "incomplete_details",
                        "usage");
        return changing.stream()
                .filter(name -> !run.required(name).isNull())
                .collect(
                        Collectors.toMap(
                                name -> name,
                                name -> JSON.treeToValue(run.required(name), Object.class)));
    }

    @Test
    void detailsOfARunAreWrittenOut() {
        assertThat(WireJson.run(Examples.run(RunStatus.REQUIRES_ACTION)))
                .contains(
                        """
                        "required_action":{"type":"submit_tool_outputs","submit_tool_outputs":\
                        {"tool_calls":[{"id":"call_C","type":"function","function":\
                        {"name":"get_weather","arguments":"{\\"location\\": \\"Lisbon\\"}"}}]}},\
                        """);
        assertThat(WireJson.run(Examples.run(RunStatus.FAILED)))
                .contains(
                        "\"last_error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Too many\"},")
                .contains(
                        """
                        "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10},\
                        """);
        assertThat(WireJson.run(Examples.run(RunStatus.INCOMPLETE)))
                .contains("\"incomplete_details\":{\"reason\":\"max_completion_tokens\"},");
    }

    @Test
    void aRunMayBeShownInAnEarlierStatus() {
        Run done = Examples.run(RunStatus.COMPLETED);

        assertThat(WireJson.runAs(done, RunStatus.IN_PROGRESS))
                .isEqualTo(WireJson.run(Examples.run(RunStatus.IN_PROGRESS)));
        assertThat(WireJson.runAs(done, RunStatus.COMPLETED)).isEqualTo(WireJson.run(done));
    }

    @Test
    void aContentFilterIsNoReasonThatARunCanName() {
        var filtered =
                new RunState(
                        RunStatus.INCOMPLETE, null, null, null, "content_filter", List.of(), null);

        String json = WireJson.run(new Run(Examples.spec(), filtered));

        assertThat(json).contains("\"incomplete_details\":null");
    }

    @Test
    void whatTheCallerChoseForARunIsShown() {
        Sampling sampling =
                new Sampling(0.5, 0.25, 300, "\"required\"", "{\"type\":\"json_object\"}", false);
        var spec = Examples.spec(RUN, THREAD, sampling, 20);

        String json = WireJson.run(new Run(spec, RunState.QUEUED));

        schemas.assertValid("RunObject", json);
        assertThat(json)
                .contains("\"temperature\":0.5,\"top_p\":0.25,")
                .endsWith(
                        """
                        "max_completion_tokens":300,\
                        "truncation_strategy":{"type":"last_messages","last_messages":20},\
                        "response_format":{"type":"json_object"},"tool_choice":"required",\
                        "parallel_tool_calls":false}\
                        """);
    }

    @Test
    void aBudgetBelowTheSchemasLeastIsNotShown() {
        Sampling sampling = new Sampling(null, null, 255, null, null, true);

        String json =
                WireJson.run(new Run(Examples.spec(RUN, THREAD, sampling, null), RunState.QUEUED));

        schemas.assertValid("RunObject", json);
        assertThat(json).contains("\"max_completion_tokens\":null");
    }

    @Test
    void aStepOfToolCallsHasItsSixteenKeys() {
        RunStep step = Examples.step(CALLS, RunStep.Status.COMPLETED);

        String json = WireJson.step(step);

        assertThat(json)
                .isEqualTo(
                        """
                        {"id":"step_S","object":"thread.run.step","created_at":1700000001,\
                        "run_id":"run_R","assistant_id":"asst_A","thread_id":"thread_T",\
                        "type":"tool_calls","status":"completed","cancelled_at":null,\
                        "completed_at":1700000005,"expired_at":null,"failed_at":null,\
                        "last_error":null,"step_details":{"type":"tool_calls","tool_calls":\
                        [{"id":"call_C","type":"function","function":{"name":"get_weather",\
                        "arguments":"{\\"location\\": \\"Lisbon\\"}","output":"21 °C"}}]},\
                        "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10},\
                        "metadata":{}}\
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusOfAStepIsValid(RunStep.Status status) {
        var pending = new RunStep.ToolCalls("", List.of(CALL));

        schemas.assertValid("RunStepObject", WireJson.step(Examples.step(CALLS, status)));
        schemas.assertValid("RunStepObject", WireJson.step(Examples.step(pending, status)));
        schemas.assertValid("RunStepObject", WireJson.step(Examples.step(WRITING, status)));
    }

    @Test
    void timeErrorAndUsageOfAStepFollowItsStatus() {
        assertThat(WireJson.step(Examples.step(WRITING, RunStep.Status.IN_PROGRESS)))
                .endsWith(
                        """
                        "type":"message_creation","status":"in_progress","cancelled_at":null,\
                        "completed_at":null,"expired_at":null,"failed_at":null,"last_error":null,\
                        "step_details":{"type":"message_creation",\
                        "message_creation":{"message_id":"msg_M"}},"usage":null,"metadata":{}}\
                        """);
        assertThat(WireJson.step(Examples.step(WRITING, RunStep.Status.CANCELLED)))
                .contains("\"cancelled_at\":1700000005,", "\"last_error\":null,");
        assertThat(WireJson.step(Examples.step(WRITING, RunStep.Status.EXPIRED)))
                .contains("\"expired_at\":1700000005,");
        assertThat(WireJson.step(Examples.step(WRITING, RunStep.Status.FAILED)))
                .contains("\"failed_at\":1700000005,")
                .contains("\"last_error\":{\"code\":\"server_error\",\"message\":\"Too long\"},");
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeOfAnErrorIsValid(RunError.Code code) {
        var error = new RunError(code, "No", "reason", Duration.ofSeconds(1));
        RunStep open = Examples.step(WRITING, RunStep.Status.IN_PROGRESS);
        RunStep step = open.ended(RunStep.Status.FAILED, Examples.ENDED, error, null);
        var state =
                new RunState(RunStatus.FAILED, null, Examples.ENDED, error, null, List.of(), null);

        schemas.assertValid("RunStepObject", WireJson.step(step));
        schemas.assertValid("RunObject", WireJson.run(new Run(Examples.spec(), state)));
    }

    @Test
    void theFirstPieceOfACallHasItsIdAndName() {
        var first = new RunEvent.StepDelta(STEP, 0, new CallId("call_C"), "get_weather", "");
        var next = new RunEvent.StepDelta(STEP, 0, null, null, "{\"loc");

        assertThat(WireJson.stepDelta(first))
                .isEqualTo(
                        """
                        {"id":"step_S","object":"thread.run.step.delta","delta":{"step_details":\
                        {"type":"tool_calls","tool_calls":[{"index":0,"id":"call_C",\
                        "type":"function","function":{"name":"get_weather","arguments":"",\
                        "output":null}}]}}}\
                        """);
        assertThat(WireJson.stepDelta(next))
                .isEqualTo(
                        """
                        {"id":"step_S","object":"thread.run.step.delta","delta":{"step_details":\
                        {"type":"tool_calls","tool_calls":[{"index":0,"type":"function",\
                        "function":{"arguments":"{\\"loc"}}]}}}\
                        """);
        schemas.assertValid("RunStepDeltaObject", WireJson.stepDelta(first));
        schemas.assertValid("RunStepDeltaObject", WireJson.stepDelta(next));
    }

    @Test
    void aMessageHasItsFourteenKeys() {
        Message message = Examples.message(Message.Status.COMPLETED, List.of("It is", "warm"));

        String json = WireJson.message(message);

        assertThat(json)
                .isEqualTo(
                        """
                        {"id":"msg_M","object":"thread.message","created_at":1700000001,\
                        "thread_id":"thread_T","status":"completed","role":"assistant",\
                        "content":[{"type":"text","text":{"value":"It is","annotations":[]}},\
                        {"type":"text","text":{"value":"warm","annotations":[]}}],\
                        "assistant_id":"asst_A","run_id":"run_R","attachments":[],"metadata":{},\
                        "completed_at":1700000005,"incomplete_at":null,\
                        "incomplete_details":null}\
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusOfAMessageIsValid(Message.Status status) {
        schemas.assertValid(
                "MessageObject", WireJson.message(Examples.message(status, List.of("Hi"))));
        schemas.assertValid("MessageObject", WireJson.message(Examples.message(status, List.of())));
    }

    @Test
    void anIncompleteMessageNamesItsReasonIfTheSchemaKnowsIt() {
        Message cut = Examples.message(Message.Status.INCOMPLETE, List.of());
        var odd =
                new Message(
                        cut.id(),
                        cut.threadId(),
                        cut.role(),
                        cut.status(),
                        cut.content(),
                        null,
                        null,
                        cut.createdAt(),
                        null,
                        "sunspots",
                        cut.metadata());

        assertThat(WireJson.message(cut))
                .endsWith(
                        """
                        "content":[],"assistant_id":"asst_A","run_id":"run_R","attachments":[],\
                        "metadata":{},"completed_at":null,"incomplete_at":1700000005,\
                        "incomplete_details":{"reason":"max_tokens"}}\
                        """);
        assertThat(WireJson.message(odd)).endsWith("\"incomplete_details\":null}");
    }

    @Test
    void aUsersMessageHasNoAssistant() {
        String json = WireJson.message(Examples.userMessage(MESSAGE, THREAD, "Hi"));

        schemas.assertValid("MessageObject", json);
        assertThat(json).contains("\"role\":\"user\"", "\"assistant_id\":null,\"run_id\":null,");
    }

    @Test
    void aPieceOfAMessageIsText() {
        String json = WireJson.messageDelta(MESSAGE, "line\n\u2028 \"q\" \\ 😀\u0007");

        assertThat(json)
                .isEqualTo(
                        """
                        {"id":"msg_M","object":"thread.message.delta","delta":{"role":"assistant",\
                        "content":[{"index":0,"type":"text","text":{"value":\
                        "line\\n\\u2028 \\"q\\" \\\\ 😀\\u0007","annotations":[]}}]}}\
                        """);
        schemas.assertValid("MessageDeltaObject", json);
    }

    @Test
    void aThreadHasItsFiveKeys() {
        String json = WireJson.thread(Examples.thread(THREAD));

        assertThat(json)
                .isEqualTo(
                        """
                        {"id":"thread_T","object":"thread","created_at":1700000000,\
                        "tool_resources":null,"metadata":{"a":"1","b":"2"}}\
                        """);
        schemas.assertValid("ThreadObject", json);
    }

    @Test
    void anAssistantShowsItsToolsAndTheModelThatServesIt() {
        var assistant = Examples.assistant(Examples.ASSISTANT, "Weather");

        String json = WireJson.assistant(assistant, "local-model", List.of(WEATHER));

        assertThat(json)
                .isEqualTo(
                        """
                        {"id":"asst_A","object":"assistant","created_at":1700000000,\
                        "name":"Weather","description":null,"model":"local-model",\
                        "instructions":"Be kind.",\
                        "tools":[{"type":"function","function":{"name":"get_weather",\
                        "description":"Current weather for a city.",\
                        "parameters":{"type":"object","properties":{}},"strict":true}}],\
                        "metadata":{},"temperature":1.0,"top_p":1.0,"response_format":"auto"}\
                        """);
        schemas.assertValid("AssistantObject", json);
        assertThat(WireJson.assistant(assistant, List.of())).contains("\"model\":\"gpt-test\"");
    }

    @Test
    void aSchemaWrittenOverSeveralLinesIsCopiedOntoOne() {
        var tool = new ToolSpec("f", "d", "{\r\n  \"type\": \"object\"\n}", false);

        String json =
                WireJson.assistant(Examples.assistant(Examples.ASSISTANT, "A"), List.of(tool));

        schemas.assertValid("AssistantObject", json);
        assertThat(json).doesNotContain("\n", "\r").contains("{    \"type\": \"object\" }");
    }

    @Test
    void aListNamesItsFirstAndLastItem() {
        String json =
                WireJson.list(List.of("{\"id\":\"a\"}", "{\"id\":\"b\"}"), List.of("a", "b"), true);

        assertThat(json)
                .isEqualTo(
                        """
                        {"object":"list","data":[{"id":"a"},{"id":"b"}],"first_id":"a",\
                        "last_id":"b","has_more":true}\
                        """);
    }

    @Test
    void anEmptyListHasEmptyIds() {
        String json = WireJson.list(List.of(), List.of(), false);

        assertThat(json)
                .isEqualTo(
                        """
                        {"object":"list","data":[],"first_id":"","last_id":"","has_more":false}\
                        """);
        for (String list :
                Arrays.asList(
                        "ListRunsResponse", "ListMessagesResponse", "ListAssistantsResponse")) {
            schemas.assertValid(list, json);
        }
    }
}
