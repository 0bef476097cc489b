package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fast path of a token: recognises chunks that differ from an earlier one in their text alone.
///
/// Nearly all chunks of a stream are the same bytes around another `content`. When the strict
/// parser has found that a chunk brings text and nothing else, [#learn] keeps the bytes before and
/// after that text. A later chunk with the same bytes around a legal JSON string is then, by
/// construction, the same document with another text, whatever the dialect and the order of its
/// keys, and [#match] decodes just that string. The padding that OpenAI adds (`obfuscation`) may
/// differ too. In all other cases (another `created`, a tool call, a finish reason) the strict
/// parser decides, and learns anew.
///
/// Why `learn` cannot take a wrong place for the text: without a backslash outside the text, a
/// `"content"` after `{` or `,` is a key (within a string its quotes would be escaped), and exactly
/// one such key exists. For one thread.
final class PlainChunk {
    private static final byte[] NONE = {};
    private static final byte[] CONTENT = "\"content\"".getBytes(ISO_8859_1);
    private static final byte[] PADDING = ",\"obfuscation\":\"".getBytes(ISO_8859_1);

    private byte[] before = NONE;
    private byte[] after = NONE;
    private byte[] afterPadding = NONE;
    private boolean learned;

    /// Keeps the shape of a chunk that brings only the text of its first choice.
    void learn(byte[] chunk, int from, int to) {
        learned = false;
        int key = indexOf(chunk, from, to, CONTENT);
        if (key <= from || !opensKey(chunk[key - 1])) {
            return;
        }
        int quote = openingQuote(chunk, key + CONTENT.length, to);
        int end = quote < 0 ? -1 : closingQuote(chunk, quote + 1, to);
        if (end < 0
                || indexOf(chunk, end, to, CONTENT) >= 0
                || hasBackslash(chunk, from, quote)
                || hasBackslash(chunk, end, to)) {
            return;
        }
        before = Arrays.copyOfRange(chunk, from, quote + 1);
        int padding = indexOf(chunk, end, to, PADDING);
        int paddingEnd = padding < 0 ? -1 : closingQuote(chunk, padding + PADDING.length, to);
        after = Arrays.copyOfRange(chunk, end, padding < 0 ? to : padding + PADDING.length);
        afterPadding = padding < 0 ? NONE : Arrays.copyOfRange(chunk, paddingEnd, to);
        learned = true;
    }

    /// The text of a chunk of the learned shape, possibly empty; null if the strict parser must
    /// look.
    @Nullable String match(byte[] chunk, int from, int to) {
        int start = from + before.length;
        if (!learned
                || start >= to
                || !Arrays.equals(chunk, from, start, before, 0, before.length)) {
            return null;
        }
        int end = closingQuote(chunk, start, to);
        return end >= 0 && endsAsLearned(chunk, end, to)
                ? JsonStringDecoder.decode(chunk, start, end)
                : null;
    }

    private boolean endsAsLearned(byte[] chunk, int from, int to) {
        int rest = from + after.length;
        if (rest > to || !Arrays.equals(chunk, from, rest, after, 0, after.length)) {
            return false;
        }
        if (afterPadding.length == 0) {
            return rest == to;
        }
        int end = rest;
        while (end < to && chunk[end] >= ' ' && chunk[end] != '"' && chunk[end] != '\\') {
            end++;
        }
        return Arrays.equals(chunk, end, to, afterPadding, 0, afterPadding.length);
    }

    private static boolean opensKey(byte before) {
        return before == '{' || before == ',' || before == ' ';
    }

    private static int openingQuote(byte[] chunk, int from, int to) {
        int at = skipSpaces(chunk, from, to);
        if (at >= to || chunk[at] != ':') {
            return -1;
        }
        int quote = skipSpaces(chunk, at + 1, to);
        return quote < to && chunk[quote] == '"' ? quote : -1;
    }

    private static int skipSpaces(byte[] chunk, int from, int to) {
        int at = from;
        while (at < to && chunk[at] == ' ') {
            at++;
        }
        return at;
    }

    private static int closingQuote(byte[] chunk, int from, int to) {
        int at = from;
        while (at < to && chunk[at] != '"') {
            at += chunk[at] == '\\' ? 2 : 1;
        }
        return at < to ? at : -1;
    }

    private static boolean hasBackslash(byte[] chunk, int from, int to) {
        for (int i = from; i < to; i++) {
            if (chunk[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(byte[] chunk, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (chunk[i] == wanted[0]
                    && Arrays.equals(chunk, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
