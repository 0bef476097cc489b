package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fast path must hear exactly what the strict parser hears, whatever arrives.
class FastPathTest {
    private static final int STREAMS = 3_000;
    private static final List<String> SHAPES =
            List.of(
                    // OpenAI, padded
                    """
                    {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m",\
                    "choices":[{"index":0,"delta":{"content":"%s"},"logprobs":null,\
                    "finish_reason":null}],"usage":null,"obfuscation":"x9Kq"}\
                    """,
                    // vLLM
                    """
                    {"id":"c","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\
                    """,
                    // Python's spaces
                    """
                    {"id": "c", "choices": [{"index": 0, "delta": {"role": "assistant", \
                    "content": "%s"}, "finish_reason": null}]}\
                    """,
                    // other order of keys
                    """
                    {"choices":[{"delta":{"content":"%s","role":"assistant"},"index":0}],"id":"c"}\
                    """,
                    // another content that is not the text
                    """
                    {"choices":[{"index":0,"delta":{"content":"%s"}}],"extra":{"content":"no"}}\
                    """,
                    """
                    {"extra":{"content":"no"},"choices":[{"index":0,"delta":{"content":"%s"}}]}\
                    """,
                    // escaped keys
                    """
                    {"x\\u0022":1,"choices":[{"index":0,"delta":{"\\u0063ontent":"%s"}}],"o":{"content":"n"}}\
                    """,
                    // Azure
                    """
                    {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},\
                    "delta":{"content":"%s","refusal":null},"finish_reason":null,"index":0}],\
                    "created":17,"model":"m","system_fingerprint":"fp_1"}\
                    """,
                    // OpenRouter, DeepSeek
                    """
                    {"id":"g-1","provider":"P","choices":[{"index":0,"delta":{"role":"assistant",\
                    "content":"%s","reasoning":null,"reasoning_content":null,"reasoning_details":[]},\
                    "finish_reason":null,"native_finish_reason":null,"logprobs":null}]}\
                    """,
                    // llama.cpp
                    """
                    {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"%s"}}],\
                    "created":1,"timings":{"predicted_ms":1.5e0,"predicted_n":3}}\
                    """,
                    // content parts and calls as they come from others
                    """
                    {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"%s"}]}}]}\
                    """,
                    """
                    {"choices":[{"index":0,"delta":{"reasoning_content":"%s","content":""}}]}\
                    """,
                    // not the first choice
                    """
                    {"choices":[{"index":1,"delta":{"content":"%s"}}]}\
                    """,
                    // an error with a content
                    """
                    {"choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":"length"}]}\
                    """,
                    """
                    {"choices":[{"index":0,"delta":{"content":"%s","tool_calls":[{"index":0,"id":"a",\
                    "function":{"name":"f","arguments":"{}"}}]}}]}\
                    """);
    private static final List<String> PIECES =
            List.of(
                    "a",
                    " Hello",
                    "",
                    "é",
                    "🌊",
                    "\\n",
                    "\\\"",
                    "\\\\",
                    "\\u00e9",
                    "\\ud83c",
                    "\\udf0a",
                    "\\/",
                    "<think>",
                    "</think>",
                    "\u2028",
                    "content",
                    "\\\"content\\\":\\\"x",
                    "{",
                    "\\b\\f\\t\\r");

    @Test
    void equalsTheStrictParserOnMutatedAndSplitStreams() {
        int failed = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            Random random = new Random(seed);
            byte[] stream = mutated(stream(random), random);
            long split = random.nextLong();

            List<String> heard = Replay.bytes(stream, sizes(split));
            List<String> expected = Replay.strictly(stream, sizes(split));

            assertThat(heard)
                    .as("seed %d: %s", seed, new String(stream, UTF_8))
                    .isEqualTo(expected);
            failed += heard.getLast().startsWith("failed") ? 1 : 0;
        }
        assertThat(failed).isBetween(STREAMS / 10, STREAMS * 9 / 10);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void hearsTheSameWhereverTheNetworkHasSplitTheStream(String shape) {
        StringBuilder text = new StringBuilder();
        for (String piece : List.of("Hello", "é🌊", "\\ud83c\\udf0a\\n", "")) {
            text.append("data: ").append(shape.formatted(piece)).append("\r\n\r\n");
        }
        byte[] stream = text.append("data: [DONE]\n\n").toString().getBytes(UTF_8);
        List<String> expected = Replay.strictly(stream, () -> Integer.MAX_VALUE);

        assertThat(Replay.bytes(stream, () -> 1)).isEqualTo(expected);
        for (int at = 1; at < stream.length; at++) {
            int first = at;
            AtomicInteger reads = new AtomicInteger();
            assertThat(
                            Replay.bytes(
                                    stream,
                                    () -> reads.getAndIncrement() == 0 ? first : Integer.MAX_VALUE))
                    .as("split at %d", at)
                    .isEqualTo(expected);
        }
    }

    private static List<String> shapes() {
        return SHAPES;
    }

    @Test
    void isTakenForAllChunksButTheFirst() {
        PlainChunk plain = new PlainChunk();
        byte[] first = SHAPES.getFirst().formatted("a").getBytes(UTF_8);
        byte[] padded =
                SHAPES.getFirst().replace("x9Kq", "other").formatted("é\\n").getBytes(UTF_8);
        byte[] finish = SHAPES.getFirst().replace("n\":null", "n\":\"stop\"").getBytes(UTF_8);
        assertThat(plain.match(first, 0, first.length)).isNull();

        plain.learn(first, 0, first.length);

        assertThat(plain.match(first, 0, first.length)).isEqualTo("a");
        assertThat(plain.match(padded, 0, padded.length)).isEqualTo("é\n");
        assertThat(plain.match(finish, 0, finish.length)).isNull();
    }

    @Test
    void leavesWhatIsNoLegalTextToTheStrictParser() {
        PlainChunk plain = new PlainChunk();
        byte[] first = "{\"content\":\"a\"}".getBytes(UTF_8);
        plain.learn(first, 0, first.length);

        for (String inside : List.of("\\x", "\\u12", "\\uzzzz", "\\", "a\"b", "\u0001", "\uFFFD")) {
            byte[] chunk = ("{\"content\":\"" + inside + "\"}").getBytes(UTF_8);
            assertThat(plain.match(chunk, 0, chunk.length)).as(inside).isNull();
        }
        byte[] broken = "{\"content\":\"é\"}".getBytes(UTF_8);
        broken[broken.length - 3] = 'x';
        assertThat(plain.match(broken, 0, broken.length)).isNull();
    }

    private static byte[] stream(Random random) {
        StringBuilder stream = new StringBuilder();
        String shape = pick(SHAPES, random);
        int chunks = 1 + random.nextInt(8);
        for (int i = 0; i < chunks; i++) {
            shape = random.nextInt(5) == 0 ? pick(SHAPES, random) : shape;
            String text = pick(PIECES, random) + pick(PIECES, random);
            stream.append("data: ").append(shape.formatted(text)).append(pick(ENDS, random));
        }
        if (random.nextInt(4) > 0) {
            stream.append("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        }
        return stream.append("data: [DONE]\n\n").toString().getBytes(UTF_8);
    }

    private static final List<String> ENDS =
            List.of("\n\n", "\n\n", "\r\n\r\n", "\r\r", "\n: c\n\n");

    private static byte[] mutated(byte[] stream, Random random) {
        byte[] bytes = stream;
        int changes = Math.max(0, random.nextInt(6) - 2);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            bytes =
                    switch (random.nextInt(4)) {
                        case 0 ->
                                without(bytes, at, Math.min(bytes.length, at + random.nextInt(30)));
                        case 1 -> Arrays.copyOf(bytes, Math.max(1, at));
                        case 2 ->
                                doubled(bytes, at, Math.min(bytes.length, at + random.nextInt(80)));
                        default -> {
                            bytes[at] = (byte) random.nextInt(256);
                            yield bytes;
                        }
                    };
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int from, int to) {
        byte[] rest = Arrays.copyOf(bytes, Math.max(1, bytes.length - (to - from)));
        System.arraycopy(
                bytes,
                to,
                rest,
                Math.min(from, rest.length),
                Math.min(bytes.length - to, rest.length - Math.min(from, rest.length)));
        return rest;
    }

    private static byte[] doubled(byte[] bytes, int from, int to) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + to - from);
        System.arraycopy(bytes, from, more, to, bytes.length - from);
        return more;
    }

    private static IntSupplier sizes(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(300);
        return () -> 1 + random.nextInt(most);
    }

    private static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
