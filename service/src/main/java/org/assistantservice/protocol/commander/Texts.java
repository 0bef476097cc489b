package org.assistantservice.protocol.commander;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What a text from a client may be.
final class Texts {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Texts() {}

    /// @param field as it is called in the answer
    /// @param most how many code points it may have
    /// @throws org.assistantservice.server.ProblemException 400 if it is longer, or no store can
    ///   keep it
    static void check(String field, String text, int most) {
        if (text.length() > most && text.codePointCount(0, text.length()) > most) {
            throw Refusals.badRequest("%s is longer than %d characters".formatted(field, most));
        }
        if (!isStorable(text)) {
            throw Refusals.badRequest("%s has characters that cannot be kept".formatted(field));
        }
    }

    static boolean isOneLine(String text) {
        return !CONTROL.matcher(text).find();
    }

    /// No store keeps U+0000, and half a surrogate pair is no character.
    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text));
    }
}
