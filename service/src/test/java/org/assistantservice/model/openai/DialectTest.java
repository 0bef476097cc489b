package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rows of the tolerance table: what servers send that OpenAI's own does not.
class DialectTest {
    private static final String STOP = finish("stop");

    @Test
    void nullAndEmptyContentSayNothing() {
        assertThat(
                        Replay.chunks(
                                delta("{\"role\":\"assistant\",\"content\":null}"),
                                text(""),
                                text("a"),
                                delta("{}"),
                                STOP))
                .containsExactly("text a", "DONE 'a'");
    }

    @Test
    void callsWithoutAnIndexAreToldApartByTheirIds() {
        assertThat(
                        Replay.chunks(
                                delta(tools("{\"id\":\"a\"," + function("f", "{\\\"x\\\":") + "}")),
                                delta(tools("{" + arguments("1}") + "}")),
                                delta(tools("{\"id\":\"b\"," + function("f", "{}") + "}")),
                                STOP))
                .containsExactly(
                        "call 0 a f",
                        "arguments 0 {\"x\":",
                        "arguments 0 1}",
                        "call 1 b f",
                        "arguments 1 {}",
                        "DONE '' a f {\"x\":1}; b f {}");
    }

    @Test
    void callsWithoutIndexAndIdAreToldApartByTheirNames() {
        assertThat(
                        Replay.chunks(
                                delta(tools("{" + function("f", "{}") + "}")),
                                delta(tools("{" + function("g", "{}") + "}")),
                                delta(tools("{" + function("g", "{\\\"x\\\":1}") + "}")),
                                STOP))
                .last()
                .isEqualTo("DONE '' call_* f {}; call_* g {}; call_* g {\"x\":1}");
    }

    @Test
    void missingAndEmptyIdsAreMadeUpAndKept() {
        assertThat(
                        Replay.chunks(
                                delta(tools("{\"index\":0,\"id\":\"\"," + function("f", "") + "}")),
                                delta(tools("{\"index\":0," + arguments("{}") + "}")),
                                delta(tools("{\"index\":1," + function("g", "{}") + "}")),
                                STOP))
                .containsExactly(
                        "call 0 call_* f",
                        "arguments 0 {}",
                        "call 1 call_* g",
                        "arguments 1 {}",
                        "DONE '' call_* f {}; call_* g {}");
    }

    @Test
    void anIdThatCallsShareIsGivenToTheFirstOnly() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                "{\"index\":0,\"id\":\"a\","
                                                        + function("f", "{}")
                                                        + "}")),
                                delta(
                                        tools(
                                                "{\"index\":1,\"id\":\"a\","
                                                        + function("g", "{}")
                                                        + "}")),
                                STOP))
                .last()
                .isEqualTo("DONE '' a f {}; call_* g {}");
    }

    @Test
    void argumentsAsAnObjectAreWrittenAsJson() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                """
                                                {"index":0,"id":"a","function":\
                                                {"name":"f","arguments":{"x":[1,"y"]}}}\
                                                """)),
                                STOP))
                .last()
                .isEqualTo("DONE '' a f {\"x\":[1,\"y\"]}");
    }

    @Test
    void aRepeatedNameIsNotConcatenated() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                "{\"index\":0,\"id\":\"a\","
                                                        + function("f", "")
                                                        + "}")),
                                delta(tools("{\"index\":0," + function("f", "{\\\"x\\\"") + "}")),
                                delta(tools("{\"index\":0," + function("f", ":1}") + "}")),
                                STOP))
                .last()
                .isEqualTo("DONE '' a f {\"x\":1}");
    }

    @Test
    void aRepeatedNameWithoutIndexAndIdContinuesItsCall() {
        assertThat(
                        Replay.chunks(
                                delta(tools("{" + function("f", "{\\\"x\\\"") + "}")),
                                delta(tools("{" + function("f", ":1}") + "}")),
                                STOP))
                .last()
                .isEqualTo("DONE '' call_* f {\"x\":1}");
    }

    @Test
    void aNameInPartsIsPutTogether() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                "{\"index\":0,\"id\":\"a\","
                                                        + function("get_", "")
                                                        + "}")),
                                delta(tools("{\"index\":0," + function("weather", "") + "}")),
                                delta(tools("{\"index\":0," + function("", "{}") + "}")),
                                STOP))
                .containsExactly(
                        "call 0 a get_weather", "arguments 0 {}", "DONE '' a get_weather {}");
    }

    @Test
    void callsThatAreAllNumberedZeroAreToldApartByTheirIds() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                "{\"index\":0,\"id\":\"a\","
                                                        + function("f", "{}")
                                                        + "}")),
                                delta(
                                        tools(
                                                "{\"index\":0,\"id\":\"b\","
                                                        + function("f", "{}")
                                                        + "}")),
                                STOP))
                .last()
                .isEqualTo("DONE '' a f {}; b f {}");
    }

    @Test
    void severalCallsInOneDeltaAndJumpingIndexesAreKeptInOrder() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                "{\"index\":7,\"id\":\"a\","
                                                        + function("f", "{}")
                                                        + "},{\"index\":3,\"id\":\"b\","
                                                        + function("g", "{")
                                                        + "}")),
                                delta(tools("{\"index\":3," + arguments("}") + "}")),
                                STOP))
                .last()
                .isEqualTo("DONE '' a f {}; b g {}");
    }

    @Test
    void aCallWithoutArgumentsIsACall() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                "{\"index\":0,\"id\":\"a\","
                                                        + function("f", "")
                                                        + "}")),
                                finish("tool_calls")))
                .containsExactly("call 0 a f", "DONE '' a f ");
    }

    @Test
    void theOldFunctionCallIsACall() {
        assertThat(
                        Replay.chunks(
                                delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                                delta("{\"function_call\":{\"arguments\":\"}\"}}"),
                                finish("function_call")))
                .last()
                .isEqualTo("DONE '' call_* f {}");
    }

    @Test
    void aCallWithoutANameIsAProtocolError() {
        assertThat(Replay.chunks(delta(tools("{\"index\":0," + arguments("{}") + "}")), STOP))
                .containsExactly("failed PROTOCOL: Call 0 of the turn has no name");
    }

    @Test
    void finishReasonsAreMapped() {
        assertThat(Replay.chunks(text("a"), finish("length"))).last().isEqualTo("LENGTH 'a'");
        assertThat(Replay.chunks(text("a"), finish("content_filter")))
                .last()
                .isEqualTo("CONTENT_FILTER 'a'");
        assertThat(Replay.chunks(text("a"), finish("eos"))).last().isEqualTo("DONE 'a'");
        assertThat(Replay.chunks(text("a"), finish("error")))
                .last()
                .isEqualTo("failed UNAVAILABLE: The model ended its answer with an error");
    }

    @Test
    void theLastUsageCountsWhereverItStands() {
        String running =
                """
                {"choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}],\
                "usage":{"prompt_tokens":5,"completion_tokens":%d}}\
                """;
        assertThat(Replay.chunks(running.formatted("a", 1), running.formatted("b", 2), STOP))
                .containsExactly("text a", "text b", "DONE 'ab' 5+2");
        assertThat(
                        Replay.chunks(
                                text("a"),
                                STOP,
                                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":-9}}"))
                .last()
                .isEqualTo("DONE 'a' 1+0");
    }

    @Test
    void reasoningIsKeptOutOfTheText() {
        assertThat(
                        Replay.chunks(
                                delta("{\"reasoning_content\":\"hm\"}"),
                                delta("{\"reasoning\":\"hm\",\"content\":\"a\"}"),
                                delta(
                                        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[]},"
                                                + "{\"type\":\"text\",\"text\":\"b\"}]}"),
                                STOP))
                .containsExactly("text a", "text b", "DONE 'ab'");
    }

    @Test
    void inlineThoughtsAreTakenOutHoweverTheyAreSplit() {
        String thoughts = "\n<think>So <b>this</b> is </thin hard</think>\n\nYes < no.";
        for (int size = 1; size <= thoughts.length(); size++) {
            String[] chunks = new String[thoughts.length() / size + 2];
            int count = 0;
            for (int at = 0; at < thoughts.length(); at += size) {
                String piece = thoughts.substring(at, Math.min(thoughts.length(), at + size));
                chunks[count++] = text(piece.replace("\n", "\\n"));
            }
            chunks[count++] = STOP;

            List<String> heard = Replay.chunks(Arrays.copyOf(chunks, count));

            assertThat(heard).last().as("pieces of %d", size).isEqualTo("DONE 'Yes < no.'");
        }
    }

    @Test
    void whatOnlyLooksLikeAThoughtIsText() {
        assertThat(Replay.chunks(text("<thin"), text("g>"), STOP))
                .containsExactly("text <thing>", "DONE '<thing>'");
        assertThat(Replay.chunks(text(" <"), STOP)).containsExactly("text  <", "DONE ' <'");
        assertThat(Replay.chunks(text("a <think>b</think>"), STOP))
                .last()
                .isEqualTo("DONE 'a <think>b</think>'");
        assertThat(Replay.chunks(text("<think>for ever"), STOP)).containsExactly("DONE ''");
    }

    @Test
    void extraContentOfACallIsKept() {
        assertThat(
                        Replay.chunks(
                                delta(
                                        tools(
                                                """
                                                {"index":0,"id":"a","function":{"name":"f","arguments":"{}"},\
                                                "extra_content":{"google":{"thought_signature":"c2ln"}}}\
                                                """)),
                                STOP))
                .last()
                .isEqualTo("DONE '' a f {} +{\"google\":{\"thought_signature\":\"c2ln\"}}");
    }

    @Test
    void aRoleOnEachChunkAndAFirstChunkWithoutChoicesAreIgnored() {
        assertThat(
                        Replay.chunks(
                                "{\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}",
                                delta("{\"role\":\"assistant\",\"content\":\"a\"}"),
                                delta("{\"role\":\"assistant\",\"content\":\"b\"}"),
                                STOP))
                .containsExactly("text a", "text b", "DONE 'ab'");
    }

    @Test
    void onlyTheFirstChoiceCounts() {
        assertThat(
                        Replay.chunks(
                                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"length\"},"
                                        + "{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
                                STOP))
                .containsExactly("text a", "DONE 'a'");
    }

    @Test
    void aRefusalIsText() {
        assertThat(Replay.chunks(delta("{\"refusal\":\"I can't.\"}"), STOP))
                .containsExactly("text I can't.", "DONE 'I can't.'");
    }

    @Test
    void aSurrogatePairIsNeverSplit() {
        assertThat(Replay.chunks(text("a\\ud83c"), text("\\udf0ab"), STOP))
                .containsExactly("text a", "text \uD83C\uDF0Ab", "DONE 'a\uD83C\uDF0Ab'");
        assertThat(Replay.chunks(text("a\\ud83c"), text("b\\udf0a"), text("\\ud83c"), STOP))
                .last()
                .isEqualTo("DONE 'a\uFFFDb\uFFFD\uFFFD'");
    }

    @Test
    void commentsAndFieldsWithoutSpaceAndAllLineEndsAreRead() {
        String stream =
                "\uFEFF: OPENROUTER PROCESSING\r\n\r\n"
                        + "event: message\rid: 7\rretry: 5\rdata:"
                        + text("a")
                        + "\r\r"
                        + "data:"
                        + text("b")
                        + "\r\n\r\n"
                        + ":\n"
                        + "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"c\"}}]}\n\n"
                        + "event: ping\ndata: not json\n\n"
                        + "data\n\n"
                        + "data: "
                        + STOP
                        + "\n\ndata: [DONE]\n\ndata: [DONE]\n\ndata: late\n\n";
        byte[] bytes = stream.getBytes(UTF_8);
        for (int size = 1; size < 40; size++) {
            int reads = size;

            assertThat(Replay.bytes(bytes, () -> reads))
                    .as("reads of %d", size)
                    .containsExactly("text a", "text b", "text c", "DONE 'abc'");
        }
    }

    @Test
    void anAnswerMayEndWithoutDoneOrWithoutAFinishReasonButNotWithoutBoth() {
        assertThat(Replay.chunks(text("a"), STOP)).last().isEqualTo("DONE 'a'");
        assertThat(Replay.chunks(text("a"), "[DONE]")).last().isEqualTo("DONE 'a'");
        assertThat(Replay.stream("data: " + text("a") + "\n\ndata: [DONE]"))
                .last()
                .isEqualTo("DONE 'a'");
        assertThat(Replay.chunks(text("a")))
                .containsExactly(
                        "text a",
                        "failed PROTOCOL: The stream of the model ended without a finish reason and"
                                + " without [DONE]");
        assertThat(Replay.stream(""))
                .containsExactly(
                        "failed PROTOCOL: The stream of the model ended without a finish reason and"
                                + " without [DONE]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":{\"message\":\"Slow down\",\"code\":\"rate_limit_exceeded\"}}|RATE_LIMITED|code rate_limit_exceeded, 52 characters",
                "{\"error\":{\"message\":\"No\",\"code\":429}}|RATE_LIMITED|code 429, 27 characters",
                "{\"error\":{\"message\":\"Bad\",\"type\":\"server_error\"}}|UNAVAILABLE|type server_error, 39 characters",
                "{\"error\":{\"message\":\"k\",\"code\":\"invalid_api_key\"}}|AUTH|code invalid_api_key, 40 characters",
                "{\"error\":{\"message\":\"long\",\"code\":\"context_length_exceeded\"}}|REJECTED|code context_length_exceeded, 51 characters",
                "{\"error\":{\"message\":\"Bad\",\"code\":\"words, many\",\"type\":\"words\"}}|UNAVAILABLE|type words, 53 characters",
                "{\"error\":\"gone\"}|UNAVAILABLE|6 characters",
                "{\"object\":\"error\",\"message\":\"vLLM\",\"code\":400}|REJECTED|code 400, 46 characters"
            })
    void anErrorFrameIsAFailureThatQuotesNothing(String frame, String fault, String about) {
        assertThat(Replay.chunks(text("a"), frame))
                .last()
                .isEqualTo(
                        "failed %s: The model endpoint broke off its answer (%s)"
                                .formatted(fault, about));
    }

    @Test
    void anEmptyErrorIsNone() {
        assertThat(Replay.chunks("{\"error\":null,\"choices\":[]}", text("a"), STOP))
                .last()
                .isEqualTo("DONE 'a'");
    }

    private static String text(String piece) {
        return delta("{\"content\":\"" + piece + "\"}");
    }

    private static String delta(String delta) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}]}";
    }

    private static String finish(String reason) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}"
                .formatted(reason);
    }

    private static String tools(String calls) {
        return "{\"tool_calls\":[" + calls + "]}";
    }

    private static String function(String name, String arguments) {
        return "\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}".formatted(name, arguments);
    }

    private static String arguments(String arguments) {
        return "\"function\":{\"arguments\":\"%s\"}".formatted(arguments);
    }
}
