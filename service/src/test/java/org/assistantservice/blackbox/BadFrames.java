package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assistantservice.blackbox.BadInput.bytes;
import static org.assistantservice.blackbox.BadInput.join;
import static org.assistantservice.blackbox.RawClient.CLOSED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What nobody should send over the WebSocket, as bytes of frames, with the close codes that may
/// answer it.
final class BadFrames {
    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final byte[] GOODBYE = frame(FINAL | CLOSE, bytes(0x03, 0xe8));

    private final List<BadInput> inputs = new ArrayList<>();

    private BadFrames() {}

    static List<BadInput> all() {
        var frames = new BadFrames();
        frames.broken();
        frames.closing();
        frames.messages();
        return frames.inputs;
    }

    private void broken() {
        add("a binary frame", frame(FINAL | BINARY, bytes(1)), 1003);
        add("invalid UTF-8", frame(FINAL | TEXT, bytes(0xc3, 0x28)), 1007);
        add("UTF-8 that breaks off", frame(FINAL | TEXT, bytes(0xe2, 0x82)), 1007);
        add("64 KiB and 1 byte", frame(FINAL | TEXT, new byte[65_537]), 1009);
        add(
                "64 KiB and 1 byte in two frames",
                join(frame(TEXT, text(65_000)), frame(FINAL, text(537))),
                1009);
        add(
                "10,000 fragments",
                join(frame(TEXT, text(1)), repeat(frame(CONTINUATION, text(10)), 10_000)),
                1008,
                1009);
        add(
                "10,000 empty fragments",
                join(
                        frame(TEXT, text(0)),
                        repeat(frame(CONTINUATION, text(0)), 10_000),
                        frame(FINAL, text(0)),
                        GOODBYE),
                1000,
                1008,
                1009,
                CLOSED);
        add("an unmasked frame", bytes(FINAL | TEXT, 1, 'x'), 1002);
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            add("reserved opcode " + opcode, frame(FINAL | opcode, text(1)), 1002);
        }
        add("reserved bit 1", frame(FINAL | 0x40 | TEXT, text(1)), 1000, 1002);
        add("reserved bit 2", frame(FINAL | 0x20 | TEXT, text(1)), 1000, 1002);
        add("reserved bit 3", frame(FINAL | 0x10 | TEXT, text(1)), 1000, 1002);
        add("a ping of 126 bytes", frame(FINAL | PING, new byte[126]), 1002);
        add("a ping in fragments", frame(PING, text(1)), 1002);
        add("a continuation of nothing", frame(FINAL, text(1)), 1002);
        add("a text within a text", join(frame(TEXT, text(1)), frame(FINAL | TEXT, text(1))), 1002);
        add(
                "a length of 2^63",
                bytes(FINAL | TEXT, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4),
                1002,
                1009);
        add(
                "a length of 4 GB",
                bytes(FINAL | TEXT, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4),
                1002,
                1009);
        add("HTTP in place of a frame", "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8), 1002);
    }

    private void closing() {
        add("a goodbye", GOODBYE, 1000);
        add("a goodbye of an application", frame(FINAL | CLOSE, bytes(0x0f, 0xa0)), 4000);
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 9999, 65_535}) {
            add("close code " + code, frame(FINAL | CLOSE, bytes(code >> 8, code)), 1002, CLOSED);
        }
        add("a close frame of one byte", frame(FINAL | CLOSE, bytes(3)), 1002);
        add(
                "a close reason that is not UTF-8",
                frame(FINAL | CLOSE, bytes(3, 0xe8, 0xff)),
                1002,
                1007,
                CLOSED);
        add("a close frame of 126 bytes", frame(FINAL | CLOSE, new byte[126]), 1002);
        add("a close frame without a code", frame(FINAL | CLOSE, bytes()), 1000, 1005, CLOSED);
        add("messages after the close", join(GOODBYE, frame(FINAL | TEXT, text(1))), 1000, CLOSED);
    }

    private void messages() {
        add("no JSON", message("{bad"), 1000);
        add("an empty message", join(message(""), GOODBYE), 1000, CLOSED);
        add("10,000 arrays", message("[".repeat(10_000) + "]".repeat(10_000)), 1000);
        add("a duplicate key", message("{\"thread_id\":\"a\",\"thread_id\":\"b\"}"), 1000);
        add("NaN", message("NaN"), 1000);
        for (String text :
                List.of(
                        "null",
                        "[]",
                        "{}",
                        "5",
                        "{\"thread_id\":5,\"message\":\"x\"}",
                        "{\"thread_id\":\"new\",\"message\":\"a\\u0000b\"}",
                        "{\"thread_id\":\"new\",\"message\":\"\\ud800\"}",
                        "{\"thread_id\":\"run_x\",\"message\":\"x\"}",
                        "{\"thread_id\":\"new\",\"message\":\"x\",\"assistant_id\":\"nobody\"}",
                        "{\"thread_id\":\"../../x\",\"message\":\"x\"}")) {
            add("told and open: " + text, join(message(text), GOODBYE), 1000, CLOSED);
        }
        add("100 errors", repeat(message("{}"), 100), 1008, CLOSED);
        add(
                "100 messages at once",
                join(repeat(message("{\"thread_id\":\"new\",\"message\":\"x\"}"), 100)),
                1008,
                CLOSED);
    }

    private void add(String name, byte[] frames, Integer... codes) {
        inputs.add(BadInput.of("frame: " + name, frames, codes));
    }

    private static byte[] message(String text) {
        return frame(FINAL | TEXT, text.getBytes(UTF_8));
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        return text;
    }

    private static byte[] repeat(byte[] frame, int count) {
        byte[] all = new byte[frame.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    /// A masked frame; its mask is four zeros, which leaves the payload readable.
    private static byte[] frame(int first, byte[] payload) {
        int size = payload.length;
        byte[] head =
                size < 126
                        ? bytes(first, 0x80 | size, 0, 0, 0, 0)
                        : size < 65_536
                                ? bytes(first, 0xfe, size >> 8, size, 0, 0, 0, 0)
                                : bytes(
                                        first,
                                        0xff,
                                        0,
                                        0,
                                        0,
                                        0,
                                        size >> 24,
                                        size >> 16,
                                        size >> 8,
                                        size,
                                        0,
                                        0,
                                        0,
                                        0);
        return join(head, payload);
    }
}
