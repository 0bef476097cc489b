package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A user's sentence, of which parts are taken as arguments; a part taken is gone, so that no word
/// becomes two arguments. For one thread.
final class Sentence {
    static final Pattern QUOTED =
            Pattern.compile("[\"“„]([^\"“”„]+)[\"”“]|(?<!\\p{L})['‘]([^'‘’]+)['’](?!\\p{L})");
    static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    static final Pattern URL = Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,;!?]");
    static final Pattern TIMESTAMP =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2})?(?:Z|[+-]\\d{2}:\\d{2})?");
    static final Pattern DATE = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b");
    static final Pattern TIME = Pattern.compile("\\b\\d{1,2}:\\d{2}(?::\\d{2})?\\b");
    static final Pattern KEY =
            Pattern.compile(
                    "\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"
                            + "|\\b(?=\\w*[A-Za-z])[A-Za-z]{1,12}(?:[-_]?\\d[\\w-]*|(?:[-_][A-Za-z]+)+[-_]\\d[\\w-]*)"
                            + "|#(\\d+)\\b");
    static final Pattern NUMBER = Pattern.compile("(?<![\\w.,-])-?\\d+(?:[.,]\\d+)?(?![\\w])");
    static final Pattern WHOLE = Pattern.compile("(?<![\\w.,-])-?\\d+(?![\\w]|[.,]\\d)");

    private final StringBuilder rest;

    Sentence(String text) {
        rest = new StringBuilder(text);
    }

    /// What nobody has taken; taken parts are blank.
    String rest() {
        return rest.toString();
    }

    /// Takes the first match: its first group that took part, or all of it.
    Optional<String> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(rest);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String value = value(matcher);
        blank(matcher.start(), matcher.end());
        return Optional.of(value);
    }

    /// Takes all matches.
    List<String> takeAll(Pattern pattern) {
        List<String> values = new ArrayList<>();
        for (var next = take(pattern); next.isPresent(); next = take(pattern)) {
            values.add(next.get());
        }
        return values;
    }

    /// Takes a part whose place is known.
    void blank(int from, int to) {
        for (int i = from; i < to; i++) {
            rest.setCharAt(i, ' ');
        }
    }

    /// The first group that took part, or all of the match.
    static String value(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return matcher.group();
    }
}
