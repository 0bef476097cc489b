package org.assistantservice.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;

/// What a command reads from and writes to.
///
/// @param out for results
/// @param err for everything else
/// @param isTerminal whether somebody sits at the other end of `in` and `out`
public record Streams(InputStream in, PrintWriter out, PrintWriter err, boolean isTerminal) {
    /// The streams of the process, in UTF-8.
    static Streams ofProcess() {
        return new Streams(
                System.in,
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8),
                hasTerminal());
    }

    @SuppressWarnings("SystemConsoleNull") // a small Java runtime may have none
    private static boolean hasTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
