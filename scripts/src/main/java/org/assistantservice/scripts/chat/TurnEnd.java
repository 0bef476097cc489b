package org.assistantservice.scripts.chat;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// How an answer ended. Every question ends with exactly one.
sealed interface TurnEnd {
    /// The line to show for it, if any.
    Optional<String> notice();

    /// @param seconds as the service measured them, if it did
    record Completed(OptionalDouble seconds) implements TurnEnd {
        @Override
        public Optional<String> notice() {
            return seconds.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            String.format(
                                    Locale.ROOT, "[Completed in %.2fs]", seconds.getAsDouble()));
        }
    }

    /// @param message what went wrong, or the HTTP status
    /// @param detail more about it; may be empty
    record Failed(String message, String detail) implements TurnEnd {
        static final Failed TIMED_OUT = new Failed("Request timed out", "");

        @Override
        public Optional<String> notice() {
            return Optional.of("[Error: %s]%s".formatted(message, after(detail)));
        }
    }

    /// The connection is gone and the answer with it.
    record Closed(String detail) implements TurnEnd {
        @Override
        public Optional<String> notice() {
            return Optional.of("[Connection closed]" + after(detail));
        }
    }

    /// What came is not what a service sends.
    record Unreadable() implements TurnEnd {
        @Override
        public Optional<String> notice() {
            return Optional.of("[Error parsing response]");
        }
    }

    /// The service is going down; the run goes on when it is back.
    record Restarting(String message) implements TurnEnd {
        @Override
        public Optional<String> notice() {
            return Optional.of("[Error: %s]".formatted(message));
        }
    }

    /// The user did not want to wait any longer.
    record Abandoned() implements TurnEnd {
        @Override
        public Optional<String> notice() {
            return Optional.of("[Stopped waiting]");
        }
    }

    private static String after(String detail) {
        return detail.isEmpty() ? "" : " " + detail;
    }
}
