package org.assistantservice.model.offline;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A parameter of a function on offer.
///
/// @param description empty if the schema has none
record OfferedParameter(String name, String description, ValueType type, boolean required) {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?i)(?:e\\.g\\.|for example|such as),?\\s+[`\"']?([^,;.()`\"']+)");
    private static final Set<String> KEY_WORDS =
            Set.of("id", "number", "code", "key", "ref", "reference", "sku", "no");
    private static final Set<String> PROSE =
            Set.of(
                    "reason",
                    "message",
                    "text",
                    "note",
                    "comment",
                    "body",
                    "content",
                    "details",
                    "subject",
                    "title",
                    "question",
                    "summary",
                    "feedback");
    private static final Set<String> SEARCH =
            Set.of("query", "search", "term", "keyword", "keywords", "topic", "q");

    /// The example its description gives, or an empty text.
    String example() {
        Matcher example = EXAMPLE.matcher(description);
        return example.find() ? example.group(1).strip() : "";
    }

    /// Whether it takes a key such as `C-1042`.
    boolean isKey() {
        String[] words = spoken().split(" ", -1);
        return KEY_WORDS.contains(words[words.length - 1])
                || example().matches("[A-Za-z]{0,6}[-_#]?\\d[\\w-]*");
    }

    /// Whether it takes words of the user's own, e.g. a reason.
    boolean isProse() {
        return lastWordIn(PROSE);
    }

    /// Whether it takes what to search for.
    boolean isSearch() {
        return lastWordIn(SEARCH);
    }

    /// The name as one would say it: `customerId` is `customer id`.
    String spoken() {
        return Words.spoken(name);
    }

    /// How a question names it: `location (City, e.g. Lisbon)`.
    String explained() {
        return description.isBlank()
                ? spoken()
                : "%s (%s)".formatted(spoken(), description.strip());
    }

    private boolean lastWordIn(Set<String> words) {
        String[] own = spoken().toLowerCase(Locale.ROOT).split(" ", -1);
        return words.contains(own[own.length - 1]);
    }
}
