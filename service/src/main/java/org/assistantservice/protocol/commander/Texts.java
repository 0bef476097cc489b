package org.assistantservice.protocol.commander;

import java.util.regex.Pattern;
import org.assistantservice.server.StorableText;

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
        if (!StorableText.is(text)) {
            throw Refusals.badRequest("%s has characters that cannot be kept".formatted(field));
        }
    }

    static boolean isOneLine(String text) {
        return !CONTROL.matcher(text).find();
    }
}
