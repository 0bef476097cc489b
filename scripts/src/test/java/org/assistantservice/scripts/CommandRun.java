package org.assistantservice.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Function;
import picocli.CommandLine;

/// One command, run as the process would, and what it printed.
public record CommandRun(int exit, String out, String err) {
    /// Runs it with nothing on standard input.
    ///
    /// @param command makes the command for its streams
    public static CommandRun of(Function<Streams, Object> command, String... arguments) {
        return typed("", command, arguments);
    }

    /// Runs it.
    ///
    /// @param typed what is on standard input
    public static CommandRun typed(
            String typed, Function<Streams, Object> command, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var streams =
                new Streams(
                        new ByteArrayInputStream(typed.getBytes(UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        false);
        int exit =
                new CommandLine(command.apply(streams))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOut(streams.out())
                        .setErr(streams.err())
                        .execute(arguments);
        return new CommandRun(exit, out.toString(), err.toString());
    }
}
