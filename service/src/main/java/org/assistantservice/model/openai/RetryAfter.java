package org.assistantservice.model.openai;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.assistantservice.model.openai.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/// Reads how long a server wants us to wait: `retry-after-ms`, or `Retry-After` as seconds or as an
/// HTTP date. What is neither, or negative, counts as not said.
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");

    private RetryAfter() {}

    static @Nullable Duration of(ResponseHead head, Clock clock) {
        String millis = head.header("retry-after-ms");
        if (NUMBER.matcher(millis).matches()) {
            return Duration.ofMillis((long) Double.parseDouble(millis));
        }
        String value = head.header("retry-after");
        return NUMBER.matcher(value).matches()
                ? Duration.ofMillis((long) (Double.parseDouble(value) * 1_000))
                : untilDate(value, clock.instant());
    }

    private static @Nullable Duration untilDate(String value, Instant now) {
        try {
            Instant date =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(now, date);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
