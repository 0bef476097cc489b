package org.assistantservice.protocol.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as this protocol's clients read them.
final class JsonTimes {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private JsonTimes() {}

    /// A JSON number with three decimals, e.g. `2.500`.
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%d.%03d", duration.toSeconds(), duration.toMillisPart());
    }

    /// A JSON number with six decimals, e.g. `1763637419.250000`.
    static String epochSeconds(Instant instant) {
        return String.format(
                Locale.ROOT, "%d.%06d", instant.getEpochSecond(), instant.getNano() / 1000);
    }

    /// ISO-8601 with offset, e.g. `2026-11-20T11:16:59.000000+00:00`.
    static String iso(Instant instant) {
        return ISO.format(instant);
    }
}
