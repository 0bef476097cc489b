package org.assistantservice.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// A piece of a reply: `bytes[from, to)`. Valid until the next piece is read.
final class Bytes {
    private final byte[] bytes;
    private final int from;
    private final int to;

    Bytes(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean startsWith(byte[] start) {
        return from + start.length <= to
                && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    boolean endsWith(byte[] end) {
        return to - end.length >= from
                && Arrays.equals(bytes, to - end.length, to, end, 0, end.length);
    }

    /// The place after the first occurrence of `wanted` at or after `start`, or -1.
    int after(byte[] wanted, int start) {
        for (int i = start; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0]
                    && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return -1;
    }

    String text() {
        return new String(bytes, from, to - from, US_ASCII);
    }
}
