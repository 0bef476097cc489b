package org.assistantservice.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.PrintWriter;

/// What a command reads from and writes to.
///
/// @param out for results
/// @param err for everything else
public record Streams(InputStream in, PrintWriter out, PrintWriter err) {
    /// The streams of the process, in UTF-8.
    static Streams ofProcess() {
        return new Streams(
                System.in,
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8));
    }
}
