package org.assistantservice.server;

import java.util.Arrays;

/// Builds frames as ASCII bytes: whatever lies outside ASCII is escaped as JSON does it, so that no
/// character can end a line for any client. One thread at a time.
public final class AsciiBuffer {
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int LAST_PLAIN = 0x7e;

    private byte[] bytes;
    private int size;

    /// @param capacity expected size in bytes; it grows as needed
    public AsciiBuffer(int capacity) {
        bytes = new byte[Math.max(capacity, 64)];
    }

    /// The bytes of a text that is ASCII.
    public static byte[] ascii(String text) {
        byte[] made = new byte[text.length()];
        for (int i = 0; i < made.length; i++) {
            made[i] = (byte) text.charAt(i);
        }
        return made;
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
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /// Compact JSON on one line.
    public AsciiBuffer json(String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c <= LAST_PLAIN) {
                put(c);
            } else {
                unicode(c);
            }
        }
        return this;
    }

    /// Any text, as the content of a JSON string without its quotes.
    public AsciiBuffer text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c >= ' ' && c <= LAST_PLAIN) {
                put(c);
            } else if (c == '\n') {
                put('\\');
                put('n');
            } else {
                unicode(c);
            }
        }
        return this;
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void unicode(char c) {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[c >> shift & 0xf]);
        }
    }

    private void put(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
