package org.assistantservice.plugin;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The types of the JDK that are written as a JSON string of a certain form. The form is checked by
/// the type itself, so what passes the check can be bound.
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to pure methods
enum JavaFormat {
    INSTANT(Instant.class, "date-time", "2026-03-01T09:30:00Z", JavaFormat::instant),
    OFFSET_DATE_TIME(
            OffsetDateTime.class, "date-time", "2026-03-01T09:30:00+01:00", OffsetDateTime::parse),
    ZONED_DATE_TIME(
            ZonedDateTime.class, "date-time", "2026-03-01T09:30:00+01:00", ZonedDateTime::parse),
    LOCAL_DATE(LocalDate.class, "date", "2026-03-01", LocalDate::parse),
    LOCAL_TIME(LocalTime.class, null, "09:30", LocalTime::parse),
    LOCAL_DATE_TIME(LocalDateTime.class, null, "2026-03-01T09:30", LocalDateTime::parse),
    OFFSET_TIME(OffsetTime.class, "time", "09:30:00+01:00", OffsetTime::parse),
    YEAR_MONTH(YearMonth.class, null, "2026-03", YearMonth::parse),
    DURATION(Duration.class, "duration", "PT1H30M", Duration::parse),
    PERIOD(Period.class, "duration", "P2M", Period::parse),
    ZONE_ID(ZoneId.class, null, "Europe/Lisbon", ZoneId::of),
    ZONE_OFFSET(ZoneOffset.class, null, "+01:00", ZoneOffset::of),
    UUID_TEXT(UUID.class, "uuid", "123e4567-e89b-42d3-a456-426614174000", JavaFormat::uuid),
    URI_TEXT(URI.class, null, "https://example.com/a", URI::create);

    private final Class<?> type;
    private final @Nullable String standardName;
    private final String example;
    private final Function<String, Object> parse;

    JavaFormat(
            Class<?> type,
            @Nullable String standardName,
            String example,
            Function<String, Object> parse) {
        this.type = type;
        this.standardName = standardName;
        this.example = example;
        this.parse = parse;
    }

    static Optional<JavaFormat> of(Class<?> type) {
        return Arrays.stream(values()).filter(format -> format.type == type).findFirst();
    }

    static Optional<JavaFormat> named(String formatName) {
        return Arrays.stream(values())
                .filter(format -> format.formatName().equals(formatName))
                .findFirst();
    }

    /// The `format` of the signature's schema, e.g. `java.time.LocalDate`.
    String formatName() {
        return type.getName();
    }

    /// The `format` that models know, e.g. `date`, or null if there is none.
    @Nullable String standardName() {
        return standardName;
    }

    String example() {
        return example;
    }

    boolean matches(String text) {
        try {
            return parse.apply(text) != null;
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static Object instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /// `UUID.fromString` takes `1-1-1-1-1` as well.
    private static Object uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("Not a UUID");
        }
        return uuid;
    }
}
