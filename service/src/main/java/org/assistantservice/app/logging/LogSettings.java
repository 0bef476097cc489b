package org.assistantservice.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How to log. Values that cannot be meant count as absent here: the start-up check refuses them,
/// and needs a log to say so.
record LogSettings(boolean isJson, Level level, ConsoleTarget target) {
    /// @param variables value of an environment variable, or null
    static LogSettings from(Function<String, @Nullable String> variables) {
        return new LogSettings(
                text(variables.apply("LOG_FORMAT")).equals("json"),
                level(text(variables.apply("LOGGING_LEVEL"))),
                text(variables.apply("STREAM")).equals("stderr")
                        ? ConsoleTarget.SystemErr
                        : ConsoleTarget.SystemOut);
    }

    /// The `stream` of a log line.
    String stream() {
        return target == ConsoleTarget.SystemErr ? "stderr" : "stdout";
    }

    /// Nothing here is graver than an error, so `CRITICAL` shows errors.
    private static Level level(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "DEBUG" -> Level.DEBUG;
            case "WARNING" -> Level.WARN;
            case "ERROR", "CRITICAL" -> Level.ERROR;
            default -> Level.INFO;
        };
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
