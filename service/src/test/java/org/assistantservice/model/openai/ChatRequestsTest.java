package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelMessage.Assistant;
import org.assistantservice.model.ModelMessage.ToolResult;
import org.assistantservice.model.ModelMessage.User;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChatRequestsTest {
    private static final ToolSpec LOOSE =
            new ToolSpec("f", "Does \"f\".", "{\"type\":\"object\"}", false);

    @Test
    void writesAPlainQuestion() {
        assertThat(body(OpenAiDialect.DEFAULT, Clients.asking("Hi é 🌊 \"x\"")))
                .isEqualTo(
                        """
                        {"model":"test-model","stream":true,"stream_options":{"include_usage":true},\
                        "messages":[{"role":"system","content":"Be brief."},\
                        {"role":"user","content":"Hi é 🌊 \\"x\\""}]}\
                        """);
    }

    @Test
    void writesTheWholeContextWithCallsAndResults() {
        List<ModelMessage> messages =
                List.of(
                        new User("u"),
                        new Assistant(
                                "",
                                List.of(
                                        new ModelToolCall(
                                                "c1", "f", "{\"a\":1}", "{\"google\":{\"s\":1}}"),
                                        new ModelToolCall("c2", "g", "", null),
                                        new ModelToolCall("c3", "h", "{\"bro", null),
                                        new ModelToolCall("c4", "h", "[1]", null))),
                        new ToolResult("c1", "f", "one"),
                        new Assistant("said", List.of()),
                        new Assistant("both", List.of(new ModelToolCall("c5", "f", "{}", null))));

        assertThat(body(OpenAiDialect.DEFAULT, request(messages, List.of(), Sampling.DEFAULT)))
                .isEqualTo(
                        """
                        {"model":"local/qwen3","stream":true,"stream_options":{"include_usage":true},\
                        "messages":[{"role":"user","content":"u"},\
                        {"role":"assistant","content":null,"tool_calls":[\
                        {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"},\
                        "extra_content":{"google":{"s":1}}},\
                        {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}},\
                        {"id":"c3","type":"function","function":{"name":"h",\
                        "arguments":"{\\"invalid_arguments\\":\\"{\\\\\\"bro\\"}"}},\
                        {"id":"c4","type":"function","function":{"name":"h",\
                        "arguments":"{\\"invalid_arguments\\":\\"[1]\\"}"}}]},\
                        {"role":"tool","tool_call_id":"c1","content":"one"},\
                        {"role":"assistant","content":"said"},\
                        {"role":"assistant","content":"both","tool_calls":[\
                        {"id":"c5","type":"function","function":{"name":"f","arguments":"{}"}}]}]}\
                        """);
    }

    @Test
    void writesToolsAndSampling() {
        Sampling sampling =
                new Sampling(0.5, 1.0, 100, "\"required\"", "{\"type\":\"json_object\"}", false);

        assertThat(
                        body(
                                OpenAiDialect.DEFAULT,
                                request(List.of(), List.of(Clients.WEATHER, LOOSE), sampling)))
                .isEqualTo(
                        """
                        {"model":"local/qwen3","stream":true,"stream_options":{"include_usage":true},\
                        "messages":[],"temperature":0.5,"top_p":1.0,"max_completion_tokens":100,\
                        "response_format":{"type":"json_object"},"tools":[\
                        {"type":"function","function":{"name":"get_weather",\
                        "description":"Current weather for a city.",\
                        "parameters":{"type":"object","properties":{"location":{"type":"string"}}},\
                        "strict":true}},\
                        {"type":"function","function":{"name":"f","description":"Does \\"f\\".",\
                        "parameters":{"type":"object"}}}],\
                        "tool_choice":"required","parallel_tool_calls":false}\
                        """);
    }

    @Test
    void leavesOutWhatIsForToolsWhenThereAreNone() {
        Sampling sampling = new Sampling(null, null, null, "\"none\"", null, false);

        assertThat(body(OpenAiDialect.DEFAULT, request(List.of(), List.of(), sampling)))
                .doesNotContain("tool")
                .doesNotContain("parallel");
    }

    @Test
    void speaksTheDialectOfASmallServer() {
        OpenAiDialect small = new OpenAiDialect("max_tokens", false, false, true, false);
        Sampling sampling = new Sampling(null, null, 5, null, null, false);

        assertThat(body(small, request(List.of(), List.of(Clients.WEATHER), sampling)))
                .contains("\"max_tokens\":5")
                .doesNotContain("stream_options")
                .doesNotContain("strict")
                .doesNotContain("parallel_tool_calls");
        assertThat(
                        body(
                                new OpenAiDialect("max_tokens", true, true, true, true),
                                Clients.asking("hi")))
                .contains(
                        "\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}");
    }

    @Test
    void aRequestWithoutAModelUsesTheDefaultOne() {
        ModelRequest request =
                new ModelRequest(
                        " ", "", List.of(), List.of(), Sampling.DEFAULT, Clients.CORRELATION);

        assertThat(body(OpenAiDialect.DEFAULT, request))
                .startsWith("{\"model\":\"default-model\",");
    }

    @Test
    void toolsAreEncodedOncePerListAndForgottenWithIt() {
        EncodedTools tools = new EncodedTools(OpenAiDialect.DEFAULT);
        List<ToolSpec> list = new ArrayList<>(List.of(LOOSE));

        assertThat(tools.block(list)).isSameAs(tools.block(list));
        assertThat(tools.block(new ArrayList<>(list))).isNotSameAs(tools.block(list));
        assertThat(tools.block(list).getValue())
                .isEqualTo(
                        "[{\"type\":\"function\",\"function\":{\"name\":\"f\","
                                + "\"description\":\"Does \\\"f\\\".\",\"parameters\":{\"type\":\"object\"}}}]");
        Awaitility.await()
                .untilAsserted(() -> {
                    System.gc();
                    tools.block(list);
                    assertThat(tools.size()).isEqualTo(1);
                });
    }

    private static ModelRequest request(
            List<ModelMessage> messages, List<ToolSpec> tools, Sampling sampling) {
        return new ModelRequest("gpt-4o", "", messages, tools, sampling, Clients.CORRELATION);
    }

    private static String body(OpenAiDialect dialect, ModelRequest request) {
        OpenAiSettings settings = Clients.settings(URI.create("http://localhost/v1"));
        return new String(new ChatRequests(settings, dialect).body(request), UTF_8);
    }
}
