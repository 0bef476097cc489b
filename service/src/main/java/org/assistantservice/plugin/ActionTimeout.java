package org.assistantservice.plugin;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the time limit of an action: `500ms`, `10s`, `2m`, or the ISO form `PT10S`.
final class ActionTimeout {
    private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private ActionTimeout() {}

    /// Empty if the text has none of the forms or the time is not longer than 0.
    static Optional<Duration> parse(String text) {
        Matcher form = SHORT_FORM.matcher(text);
        return (form.matches() ? Optional.of(duration(form)) : iso(text))
                .filter(Duration::isPositive);
    }

    private static Duration duration(Matcher form) {
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static Optional<Duration> iso(String text) {
        try {
            return text.startsWith("P") ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
