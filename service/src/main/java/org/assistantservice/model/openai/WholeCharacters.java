package org.assistantservice.model.openai;

/// Joins surrogate pairs that a stream has split over two pieces, so that each piece can be encoded
/// on its own. A surrogate without its partner becomes U+FFFD. For one thread.
final class WholeCharacters {
    private static final char REPLACEMENT = '\uFFFD';

    private char held;

    /// What can be shown now; empty if only half a character has arrived.
    String join(String piece) {
        if (piece.isEmpty()) {
            return piece;
        }
        String text = held == 0 ? piece : held + piece;
        held = 0;
        char last = text.charAt(text.length() - 1);
        if (Character.isHighSurrogate(last)) {
            held = last;
            text = text.substring(0, text.length() - 1);
        }
        return wellFormed(text);
    }

    /// What is left when no more pieces come.
    String end() {
        String left = held == 0 ? "" : String.valueOf(REPLACEMENT);
        held = 0;
        return left;
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE
                                ? REPLACEMENT
                                : c)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
