package org.assistantservice.plugin;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/// The sentence that the user sees while an action runs.
final class Notice {
    private Notice() {}

    /// What the author wrote, else made from the name: `get_weather` is `Running Get Weather`.
    static String of(String written, String actionName) {
        return written.isBlank() ? "Running " + titleCase(actionName) : written.strip();
    }

    private static String titleCase(String name) {
        String words =
                Arrays.stream(name.split("[_-]+"))
                        .filter(word -> !word.isEmpty())
                        .map(word ->
                                word.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(joining(" "));
        return words.isEmpty() ? name : words;
    }
}
