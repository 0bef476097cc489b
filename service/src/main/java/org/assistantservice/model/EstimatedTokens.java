package org.assistantservice.model;

/// How many tokens a text has for a model, by estimate: each vendor counts differently, and a
/// vendor's own table would cost more memory than all else in this service. Made to be rather too
/// high than too low; `docs/decisions/0010-estimated-tokens.md` has the measured bounds. Pure.
public final class EstimatedTokens {
    /// What a message costs beside its text: its role and its limits.
    private static final int PER_MESSAGE = 4;

    /// Costs below are sixteenths of a token.
    private static final int UNIT = 16;

    private static final int WORD = 12;
    private static final int LETTERS_OF_FIRST_PIECE = 4;
    private static final int LETTER_BEYOND = 4;
    private static final int DIGITS_OF_PIECE = 3;
    private static final int PUNCTUATION = 13;

    private EstimatedTokens() {}

    /// What belongs together in a token.
    private enum Kind {
        SMALL_LETTER,
        CAPITAL,
        DIGIT,
        SPACE,
        PUNCTUATION,
        OTHER
    }

    /// Tokens of a message with this text.
    public static int ofMessage(String text) {
        return PER_MESSAGE + of(text);
    }

    /// Tokens of a text; 0 only for the empty one.
    public static int of(String text) {
        long cost = 0;
        Kind before = Kind.OTHER;
        int run = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            Kind kind = kind(character);
            boolean capitalised = kind == Kind.SMALL_LETTER && before == Kind.CAPITAL && run == 1;
            run = kind == before || capitalised ? run + 1 : 1;
            before = kind;
            cost += cost(kind, character, run);
        }
        return (int) Math.min(Integer.MAX_VALUE - PER_MESSAGE, (cost + UNIT - 1) / UNIT);
    }

    private static Kind kind(int character) {
        if (character >= 0x80) {
            return Kind.OTHER;
        }
        if (character >= 'a' && character <= 'z') {
            return Kind.SMALL_LETTER;
        }
        if (character >= 'A' && character <= 'Z') {
            return Kind.CAPITAL;
        }
        if (character >= '0' && character <= '9') {
            return Kind.DIGIT;
        }
        return character <= ' ' ? Kind.SPACE : Kind.PUNCTUATION;
    }

    /// @param run how many of its kind stand in a row, this one included
    private static int cost(Kind kind, int character, int run) {
        return switch (kind) {
            case SMALL_LETTER ->
                    run == 1 ? WORD : run <= LETTERS_OF_FIRST_PIECE ? 0 : LETTER_BEYOND;
            case CAPITAL -> run == 1 ? WORD : LETTER_BEYOND;
            case DIGIT -> run % DIGITS_OF_PIECE == 1 ? UNIT : 0;
            // One space belongs to the word after it, more are a token of their own.
            case SPACE -> run == 1 ? (character == ' ' ? 1 : WORD) : run == 2 ? WORD : 0;
            case PUNCTUATION -> PUNCTUATION;
            case OTHER -> costBeyondAscii(character);
        };
    }

    /// By blocks of scripts, after the older of the common vocabularies, which knows fewer of them.
    private static int costBeyondAscii(int character) {
        if (character < 0x250) {
            return 24; // accented Latin letters: they also break their word
        }
        if (character < 0x530) {
            return character < 0x400 ? 18 : 10; // Greek; Cyrillic
        }
        if (character < 0x800) {
            return 17; // Armenian, Hebrew, Arabic
        }
        if (character < 0x2E80) {
            return 28; // Indic scripts, Thai, Georgian; symbols
        }
        return character < 0x10000 ? 24 : 48; // Chinese, Japanese, Korean; emoji
    }
}
