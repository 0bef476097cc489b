package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams that no server should send: typed failures, bounds, and no crash.
class GarbageTest {
    private static final String STOP =
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}]}",
                "data: {\"choices\":NaN}",
                "data: nonsense",
                "data: {\"a\":1} trailing",
                "data: {\"a\":\"\u0001\"}"
            })
    void dataThatIsNoJsonIsAProtocolError(String line) {
        assertThat(Replay.stream(line + "\n\n" + STOP))
                .containsExactly("failed PROTOCOL: An event of the stream is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"text\"", "[{\"choices\":[]}]", "true"})
    void dataThatIsNoObjectIsAProtocolError(String json) {
        assertThat(Replay.stream("data: " + json + "\n\n" + STOP))
                .containsExactly("failed PROTOCOL: An event of the stream is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"choices\":null}",
                "{\"choices\":7}",
                "{\"choices\":[null,1,\"x\",[]]}",
                "{\"choices\":[{\"delta\":null}]}",
                "{\"choices\":[{\"delta\":{\"content\":{\"a\":1},\"tool_calls\":7}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[null,1,\"x\"]}}]}",
                "{\"choices\":[{\"index\":\"x\",\"delta\":{\"content\":null},\"finish_reason\":\"\"}]}",
                "{\"usage\":[],\"error\":\"\",\"object\":7}"
            })
    void objectsOfAnotherShapeSayNothing(String json) {
        assertThat(Replay.stream("data: " + json + "\n\n" + STOP)).containsExactly("DONE ''");
    }

    @Test
    void htmlIsNoStream() {
        assertThat(Replay.stream("<html>\n<body>data: no</body>\n</html>\n"))
                .containsExactly(
                        "failed PROTOCOL: The stream of the model ended without a finish reason and"
                                + " without [DONE]");
    }

    @Test
    void invalidUtf8IsAProtocolError() {
        byte[] stream =
                "data: {\"choices\":[{\"delta\":{\"content\":\"xx\"}}]}\n\n".getBytes(UTF_8);
        stream[stream.length - 9] = (byte) 0xC3;

        assertThat(Replay.bytes(stream, () -> 100))
                .containsExactly("failed PROTOCOL: An event of the stream is not JSON");
    }

    @Test
    void aLineIsBoundedHoweverItIsSplit() {
        byte[] line = ("data: \"" + "x".repeat(2 << 20) + "\"\n\n").getBytes(UTF_8);

        for (int size : List.of(1_000, 8_192)) {
            assertThat(Replay.bytes(line, () -> size))
                    .containsExactly(
                            "failed PROTOCOL: An event of the stream is longer than 1048576 bytes");
        }
    }

    @Test
    void anEventOfManyLinesIsBounded() {
        assertThat(Replay.stream(("data: " + "x".repeat(9_000) + "\n").repeat(130)))
                .containsExactly(
                        "failed PROTOCOL: An event of the stream is longer than 1048576 bytes");
    }

    @Test
    void callsAndTheirArgumentsAreBounded() {
        String call =
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%d,\"id\":\"i%d\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"%s\"}}]}}]}\n\n";
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append(call.formatted(i, i, "{}"));
        }

        assertThat(Replay.stream(many.toString()))
                .last()
                .isEqualTo("failed PROTOCOL: The turn has more than 128 tool calls");
        assertThat(Replay.stream(call.formatted(0, 0, "x".repeat(200_000)).repeat(2)))
                .last()
                .isEqualTo(
                        "failed PROTOCOL: The arguments of call 0 are longer than 262144 characters");
    }

    @Test
    void aMillionEmptyDeltasAreSurvived() {
        String empty = "data: {\"choices\":[{\"delta\":{\"content\":\"\"}}]}\n\n";

        assertThat(Replay.stream(empty.repeat(1_000_000) + STOP)).containsExactly("DONE ''");
    }

    @Test
    void anAnswerIsBoundedAsAWhole() {
        String comment = ": " + "x".repeat(8_000) + "\n";

        assertThat(Replay.stream(comment.repeat(9_000)))
                .containsExactly(
                        "failed PROTOCOL: The answer of the model is longer than 67108864 bytes");
    }

    @Test
    void randomBytesNeverCrash() {
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            byte[] stream = new byte[random.nextInt(400)];
            random.nextBytes(stream);
            byte[] start =
                    (random.nextBoolean() ? "data: {\"choices\":[" : "data:").getBytes(UTF_8);
            System.arraycopy(start, 0, stream, 0, Math.min(start.length, stream.length));

            assertThat(Replay.bytes(stream, () -> 1 + random.nextInt(50)))
                    .as("seed %d", seed)
                    .last()
                    .asString()
                    .startsWith("failed PROTOCOL");
        }
    }
}
