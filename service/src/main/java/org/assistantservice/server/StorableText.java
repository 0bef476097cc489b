package org.assistantservice.server;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// What texts of callers can be kept.
public final class StorableText {
    private StorableText() {}

    /// Whether it can: no store keeps U+0000, and half a surrogate pair is no character.
    public static boolean is(String text) {
        return text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text));
    }
}
