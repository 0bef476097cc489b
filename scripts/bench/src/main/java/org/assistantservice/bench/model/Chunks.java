package org.assistantservice.bench.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The bytes of an answer, HTTP chunk framing included: made once, but for the text of a token.
final class Chunks {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);
    private static final String START =
            """
            data: {"id":"chatcmpl-scripted","object":"chat.completion.chunk","created":1767225600,\
            "model":"scripted","service_tier":"default","system_fingerprint":"fp_scripted",\
            """;
    private static final byte[] BEFORE_TEXT =
            bytes(START + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" s");
    private static final byte[] AFTER_TEXT =
            bytes("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    private static final String USAGE =
            START
                    + """
                    "choices":[],"usage":{"prompt_tokens":100,"completion_tokens":200,\
                    "total_tokens":300}}

                    data: [DONE]

                    """;
    private static final byte[] LAST_CHUNK = bytes("0\r\n\r\n");

    private static final ByteBuf HEAD =
            constant(
                    bytes(
                            """
                            HTTP/1.1 200 OK\r
                            Content-Type: text/event-stream\r
                            Transfer-Encoding: chunked\r
                            \r
                            """));
    private static final ByteBuf ROLE =
            event("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
    private static final List<ByteBuf> CALL =
            Stream.concat(
                            Stream.of(
                                    """
                                    {"role":"assistant","content":null,"tool_calls":[{"index":0,\
                                    "id":"call_scripted","type":"function","function":\
                                    {"name":"lookup","arguments":""}}]}\
                                    """),
                            Stream.of("{\\\"qu", "ery\\\":\\\"", "weather", "\\\"}")
                                    .map(
                                            """
                                            {"tool_calls":[{"index":0,"function":\
                                            {"arguments":"%s"}}]}\
                                            """
                                                    ::formatted))
                    .map(delta -> event(delta, "null"))
                    .toList();
    private static final ByteBuf CALL_END = event("{}", "\"tool_calls\"");
    private static final ByteBuf TEXT_END = event("{}", "\"stop\"");
    private static final ByteBuf END = constant(joined(chunk(bytes(USAGE)), LAST_CHUNK));

    private Chunks() {}

    /// Status line and headers.
    static ByteBuf head() {
        return HEAD.duplicate();
    }

    /// The chunk that opens a text.
    static ByteBuf role() {
        return ROLE.duplicate();
    }

    /// The six chunks of a tool call, the finish reason being the last.
    static List<ByteBuf> call() {
        return Stream.concat(CALL.stream(), Stream.of(CALL_END)).map(ByteBuf::duplicate).toList();
    }

    /// The finish reason of a text.
    static ByteBuf textEnd() {
        return TEXT_END.duplicate();
    }

    /// Usage, `[DONE]` and the end of the body.
    static ByteBuf end() {
        return END.duplicate();
    }

    /// The chunk of one token; its text is ` s<chat>.<sequence>`.
    static ByteBuf token(ByteBufAllocator buffers, int chat, int sequence) {
        int size = BEFORE_TEXT.length + digits(chat) + 1 + digits(sequence) + AFTER_TEXT.length;
        ByteBuf chunk = buffers.ioBuffer(size + 7);
        chunk.writeByte(HEX[(size >> 8) & 15])
                .writeByte(HEX[(size >> 4) & 15])
                .writeByte(HEX[size & 15]);
        chunk.writeByte('\r').writeByte('\n').writeBytes(BEFORE_TEXT);
        number(chunk, chat);
        chunk.writeByte('.');
        number(chunk, sequence);
        return chunk.writeBytes(AFTER_TEXT).writeByte('\r').writeByte('\n');
    }

    private static void number(ByteBuf to, int number) {
        if (number >= 10) {
            number(to, number / 10);
        }
        to.writeByte('0' + number % 10);
    }

    private static int digits(int number) {
        return number < 10 ? 1 : 1 + digits(number / 10);
    }

    private static ByteBuf event(String delta, String finishReason) {
        String json =
                "%s\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]}\n\n"
                        .formatted(START, delta, finishReason);
        return constant(chunk(bytes(json)));
    }

    private static byte[] chunk(byte[] data) {
        return joined(
                bytes(Integer.toHexString(data.length).toLowerCase(Locale.ROOT) + "\r\n"),
                joined(data, bytes("\r\n")));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static ByteBuf constant(byte[] bytes) {
        ByteBuf direct = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        return Unpooled.unreleasableBuffer(direct.asReadOnly());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
