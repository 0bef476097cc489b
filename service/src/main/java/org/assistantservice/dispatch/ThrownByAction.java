package org.assistantservice.dispatch;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A copy of what an action threw, for the log: class names, messages and stack traces as plain
/// text, so that no object of the author outlives the call, and a hostile `getMessage()` does no
/// harm.
final class ThrownByAction extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_CAUSES = 5;
    private static final int MAX_FRAMES = 64;

    private ThrownByAction(String message, @Nullable Throwable cause) {
        super(message, cause, false, true);
    }

    static ThrownByAction copyOf(Throwable thrown) {
        return copyOf(thrown, MAX_CAUSES);
    }

    private static ThrownByAction copyOf(Throwable thrown, int causesLeft) {
        Throwable cause = guarded(thrown::getCause, null);
        ThrownByAction copy =
                new ThrownByAction(
                        description(thrown),
                        cause == null || causesLeft == 0 ? null : copyOf(cause, causesLeft - 1));
        copy.setStackTrace(framesOf(thrown));
        return copy;
    }

    private static String description(Throwable thrown) {
        String message = guarded(thrown::getMessage, "(its message cannot be read)");
        String name = thrown.getClass().getName();
        return message == null ? name : name + ": " + CappedText.of(message, MAX_MESSAGE);
    }

    private static StackTraceElement[] framesOf(Throwable thrown) {
        StackTraceElement[] frames = guarded(thrown::getStackTrace, null);
        return frames == null
                ? new StackTraceElement[0]
                : Arrays.stream(frames)
                        .filter(frame -> frame != null)
                        .limit(MAX_FRAMES)
                        .toArray(StackTraceElement[]::new);
    }

    /// What `read` gives, or `otherwise` if the author's code throws there as well.
    private static <T> @Nullable T guarded(Supplier<@Nullable T> read, @Nullable T otherwise) {
        try {
            return read.get();
        } catch (RuntimeException | Error e) {
            return otherwise;
        }
    }
}
