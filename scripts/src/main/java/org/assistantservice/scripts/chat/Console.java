package org.assistantservice.scripts.chat;

import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Where the user reads and writes: a terminal with line editing, or plain pipes. Used by one
/// thread, but for [Interrupts].
interface Console extends AutoCloseable {
    /// Asks for a line.
    Line read(String prompt);

    PrintWriter out();

    /// Whether colours and rewritten lines are of use.
    boolean isTerminal();

    Interrupts interrupts();

    @Override
    void close();

    sealed interface Line {}

    record Typed(String text) implements Line {}

    /// Ctrl-C.
    record Interrupted() implements Line {}

    /// Ctrl-D, or the end of the pipe.
    record End() implements Line {}

    /// Takes Ctrl-C away from the system for a while.
    @FunctionalInterface
    interface Interrupts {
        /// Runs `work`; Ctrl-C meanwhile runs `reaction` on another thread.
        <T> T during(Runnable reaction, Supplier<T> work);
    }

    /// `text` without the control characters that could steer a terminal.
    static String printable(String text) {
        return Steering.CHARACTERS.matcher(text).replaceAll("");
    }

    /// Control characters other than line feed and tab.
    final class Steering {
        private static final Pattern CHARACTERS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

        private Steering() {}
    }
}
