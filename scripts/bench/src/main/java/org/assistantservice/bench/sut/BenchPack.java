package org.assistantservice.bench.sut;

import benchpack.LookupActions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// The pack of the workload: one JAR with one action, and its assistant.
final class BenchPack {
    private static final String CONFIG =
            """
            {
              "assistant_name": "Bench Assistant",
              "initial_message": "Hello!",
              "instructions": "You look things up.",
              "model": "scripted",
              "function_names": ["lookup"]
            }
            """;

    private static final Duration LONG_AGO = Duration.ofMinutes(1);

    private BenchPack() {}

    /// Drops it into a folder of its own below `assistants`.
    static void drop(Path assistants) {
        String entry = LookupActions.class.getName().replace('.', '/') + ".class";
        try {
            Path folder = Files.createDirectories(assistants.resolve("bench"));
            Files.writeString(folder.resolve("assistant.json"), CONFIG);
            Path file = folder.resolve("bench-actions.jar");
            try (var jar = new JarOutputStream(Files.newOutputStream(file));
                    InputStream code =
                            LookupActions.class.getClassLoader().getResourceAsStream(entry)) {
                if (code == null) {
                    throw new IllegalStateException("The bench lacks " + entry);
                }
                jar.putNextEntry(new JarEntry(entry));
                code.transferTo(jar);
            }
            // A start waits for a JAR that was written within the last second to be whole.
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(LONG_AGO)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the bench's pack", e);
        }
    }
}
