package org.assistantservice.bench.sut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a server is started.
///
/// @param name for messages
/// @param command with its arguments, cores included
/// @param environment besides `PATH`; nothing else is inherited
/// @param folder working folder, removed at the end
/// @param port where it will listen
/// @param readyPath answers 200 when the server is ready; empty if an open port says so
record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        int port,
        String readyPath) {

    Process exec() {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        try {
            Path working = Files.createDirectories(folder.resolve("work"));
            return builder.directory(working.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logFile().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void removeFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }

    private Path logFile() {
        return folder.resolve("log.txt");
    }
}
