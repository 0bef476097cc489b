package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// Decodes the inside of a JSON string.
final class JsonStringDecoder {
    private static final String ESCAPES = "\"\"\\\\//b\bf\fn\nr\rt\t";

    private JsonStringDecoder() {}

    /// The text, or null if it is not a legal JSON string in UTF-8, or might not be.
    static @Nullable String decode(byte[] json, int from, int to) {
        boolean ascii = true;
        boolean escaped = false;
        for (int i = from; i < to; i++) {
            byte next = json[i];
            if (next >= 0 && next < ' ') {
                return null;
            }
            ascii &= next >= 0;
            escaped |= next == '\\';
        }
        String raw = new String(json, from, to - from, ascii ? ISO_8859_1 : UTF_8);
        if (!ascii && raw.indexOf('\uFFFD') >= 0) {
            return null;
        }
        return escaped ? unescaped(raw) : raw;
    }

    private static @Nullable String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char next = raw.charAt(at);
            if (next != '\\') {
                text.append(next);
                at++;
                continue;
            }
            int code = at + 1 < raw.length() ? escape(raw, at + 1) : -1;
            if (code < 0) {
                return null;
            }
            text.append((char) code);
            at += raw.charAt(at + 1) == 'u' ? 6 : 2;
        }
        return text.toString();
    }

    private static int escape(String raw, int at) {
        if (raw.charAt(at) == 'u') {
            return hex(raw, at + 1);
        }
        for (int i = 0; i < ESCAPES.length(); i += 2) {
            if (ESCAPES.charAt(i) == raw.charAt(at)) {
                return ESCAPES.charAt(i + 1);
            }
        }
        return -1;
    }

    private static int hex(String raw, int from) {
        if (from + 4 > raw.length()) {
            return -1;
        }
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = raw.charAt(i) < 0x80 ? Character.digit(raw.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
