package org.assistantservice.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Builds frames as ASCII bytes: whatever lies outside ASCII is escaped as JSON does it, so that no
/// character can end a line for any client. One thread at a time.
public final class AsciiBuffer {
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int LAST_PLAIN = 0x7e;

    /// Bytes of an escape with a character's number.
    private static final int UNICODE = 6;

    private byte[] bytes;
    private int size;

    /// @param capacity expected size in bytes; it grows as needed, and exactly this size is not
    ///   copied by [#toBytes]
    public AsciiBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /// The bytes of a text that is ASCII.
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public int size() {
        return size;
    }

    public AsciiBuffer raw(byte[] ascii) {
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
        return this;
    }

    /// A text that is ASCII, e.g. an id or an event's name.
    public AsciiBuffer raw(String ascii) {
        // One character is one byte: copied as a block, which halves the time of a delta's frame.
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A number in decimal.
    ///
    /// @param number 0 or more
    public AsciiBuffer number(int number) {
        int length = lengthOf(number);
        reserve(length);
        int rest = number;
        for (int i = size + length - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += length;
        return this;
    }

    /// Compact JSON on one line.
    public AsciiBuffer json(String json) {
        int length = json.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            char c = json.charAt(i);
            if (c <= LAST_PLAIN) {
                bytes[size++] = (byte) c;
            } else {
                unicode(c);
                reserve(length - i);
            }
        }
        return this;
    }

    /// Any text, as the content of a JSON string without its quotes.
    public AsciiBuffer text(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                bytes[size++] = (byte) c;
            } else {
                escape(c);
                reserve(length - i);
            }
        }
        return this;
    }

    /// How many bytes [#text] makes of a text.
    public static int lengthOf(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                length += isShort(c) ? 1 : UNICODE - 1;
            }
        }
        return length;
    }

    /// How many bytes [#number] makes of a number.
    public static int lengthOf(int number) {
        int length = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            length++;
        }
        return length;
    }

    /// What was built. Call it last: it may be the buffer's own array.
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= LAST_PLAIN && c != '"' && c != '\\';
    }

    /// Whether a backslash and one character stand for it.
    private static boolean isShort(char c) {
        return c == '"' || c == '\\' || c == '\n';
    }

    private void escape(char c) {
        if (isShort(c)) {
            reserve(2);
            bytes[size++] = '\\';
            bytes[size++] = (byte) (c == '\n' ? 'n' : c);
        } else {
            unicode(c);
        }
    }

    private void unicode(char c) {
        reserve(UNICODE);
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[c >> shift & 0xf];
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
