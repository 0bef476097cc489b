package org.assistantservice.dispatch;

/// Text from outside made fit to store and to send.
final class CappedText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int MAX_BYTES_PER_CHAR = 3;

    private CappedText() {}

    /// The first `max` characters of `text`, with `…` in place of the last one if some are left
    /// out, and storable.
    static String of(String text, int max) {
        return storable(text.length() <= max ? text : text.substring(0, max - 1) + "…");
    }

    /// The same text with U+FFFD for what no database and no UTF-8 can hold: U+0000 and halves of
    /// surrogate pairs. The same object if there is none, as nearly always.
    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnstorable(text, i)) {
                return replaced(text);
            }
        }
        return text;
    }

    /// Whether `text` takes more than `max` bytes as UTF-8. Allocates nothing.
    static boolean isLongerThan(String text, int max) {
        if (text.length() > max) {
            return true;
        }
        if ((long) text.length() * MAX_BYTES_PER_CHAR <= max) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts for 2 of the pair's 4 bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes > max;
    }

    private static String replaced(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (isUnstorable(text, i)) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static boolean isUnstorable(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == 0;
    }
}
