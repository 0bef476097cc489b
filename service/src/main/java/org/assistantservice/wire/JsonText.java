package org.assistantservice.wire;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes one compact JSON text on one line: `new JsonText().object().field("id", id).end()`.
///
/// Besides what JSON demands, it escapes the other characters that some clients take for the end of
/// a line (U+0085, U+2028, U+2029), so a text can stand in a line of a stream as it is. Commas are
/// set by themselves; that objects and arrays are closed in order is up to the caller. Not
/// thread-safe.
public final class JsonText {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final char NEXT_LINE = '\u0085';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;

    public JsonText() {
        this(256);
    }

    /// @param expectedLength in characters; saves copying when it is about right
    public JsonText(int expectedLength) {
        out = new StringBuilder(expectedLength);
    }

    /// A text alone, quoted and escaped; null is `null`.
    public static String quoted(@Nullable String text) {
        return new JsonText().value(text).toString();
    }

    public JsonText object() {
        separate();
        out.append('{');
        return this;
    }

    public JsonText object(String name) {
        name(name);
        out.append('{');
        return this;
    }

    public JsonText end() {
        out.append('}');
        return this;
    }

    public JsonText array(String name) {
        name(name);
        out.append('[');
        return this;
    }

    public JsonText array() {
        separate();
        out.append('[');
        return this;
    }

    public JsonText endArray() {
        out.append(']');
        return this;
    }

    public JsonText field(String name, @Nullable String value) {
        name(name);
        append(value);
        return this;
    }

    public JsonText field(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    public JsonText field(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /// A number, or null. Not for NaN and infinities, which JSON cannot say.
    public JsonText numberField(String name, @Nullable Number value) {
        name(name);
        out.append(value);
        return this;
    }

    /// Whole seconds since 1970, or null.
    public JsonText secondsField(String name, @Nullable Instant value) {
        return numberField(name, value == null ? null : value.getEpochSecond());
    }

    public JsonText nullField(String name) {
        name(name);
        out.append("null");
        return this;
    }

    /// A member whose value is JSON text already.
    public JsonText jsonField(String name, String json) {
        name(name);
        appendJson(json);
        return this;
    }

    /// An object of texts, its keys in alphabetical order.
    public JsonText field(String name, Map<String, String> values) {
        object(name);
        new TreeMap<>(values).forEach(this::field);
        return end();
    }

    public JsonText value(@Nullable String text) {
        separate();
        append(text);
        return this;
    }

    /// A value that is JSON text already.
    public JsonText json(String json) {
        separate();
        appendJson(json);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void name(String name) {
        separate();
        append(name);
        out.append(':');
    }

    private void separate() {
        if (!out.isEmpty() && "{[:".indexOf(out.charAt(out.length() - 1)) < 0) {
            out.append(',');
        }
    }

    /// Line breaks in JSON text can only be white space between tokens.
    private void appendJson(String json) {
        boolean oneLine = json.indexOf('\n') < 0 && json.indexOf('\r') < 0;
        out.append(oneLine ? json : json.replace('\n', ' ').replace('\r', ' '));
    }

    private void append(@Nullable String text) {
        if (text == null) {
            out.append("null");
            return;
        }
        out.append('"');
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (needsEscape(c)) {
                out.append(text, plainFrom, i);
                escape(c);
                plainFrom = i + 1;
            }
        }
        out.append(text, plainFrom, text.length()).append('"');
    }

    private static boolean needsEscape(char c) {
        return c < FIRST_PRINTABLE
                || c == '"'
                || c == '\\'
                || c == NEXT_LINE
                || c == LINE_SEPARATOR
                || c == PARAGRAPH_SEPARATOR;
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xF));
                }
            }
        }
    }
}
