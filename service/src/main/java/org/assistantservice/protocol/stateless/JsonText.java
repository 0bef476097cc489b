package org.assistantservice.protocol.stateless;

/// Texts as JSON strings in UTF-8: only what could end a line for some client, and what is no
/// character, is escaped.
final class JsonText {
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private JsonText() {}

    /// The text with its quotes.
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                json.append(c).append(text.charAt(++i));
            } else {
                append(json, c);
            }
        }
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (isPlain(c)) {
                    json.append(c);
                } else {
                    json.append("\\u%04x".formatted((int) c));
                }
            }
        }
    }

    private static boolean isPlain(char c) {
        boolean isControl = c < ' ' || (c >= DELETE && c <= LAST_CONTROL);
        return !isControl
                && c != LINE_SEPARATOR
                && c != PARAGRAPH_SEPARATOR
                && !Character.isSurrogate(c);
    }
}
