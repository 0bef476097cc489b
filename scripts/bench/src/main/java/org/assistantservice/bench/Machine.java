package org.assistantservice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the figures were measured on.
final class Machine {
    private Machine() {}

    /// One line, e.g. `AMD EPYC, 2 cores, load 0.31 at the end, JDK 25.0.1+8`.
    static String description() {
        List<String> cpu = read("/proc/cpuinfo");
        String model =
                cpu.stream()
                        .filter(it -> it.startsWith("model name"))
                        .map(it -> it.substring(it.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown CPU");
        long cores = cpu.stream().filter(it -> it.startsWith("processor")).count();
        return "%s, %d cores, load %s at the end, JDK %s"
                .formatted(
                        model,
                        cores,
                        read("/proc/loadavg").getFirst().split(" ", -1)[0],
                        Runtime.version());
    }

    private static List<String> read(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
