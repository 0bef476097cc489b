package org.assistantservice.bench.sut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where processes run: servers under test on core 0, the tools on the others.
///
/// @param canPin whether there is `taskset` and more than one core
public record Cores(boolean canPin) {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    public static Cores ofThisMachine() {
        return new Cores(Files.isExecutable(TASKSET) && onlineCores() > 1);
    }

    /// What a reader of the results must know.
    public String description() {
        if (!canPin) {
            return "NOT PINNED (one core, or no taskset): servers and tools disturb each other";
        }
        return "servers under test on core 0, tools on " + ownCores();
    }

    /// The command, on these cores.
    List<String> on(String cores, List<String> command) {
        List<String> pinned = new ArrayList<>();
        if (canPin) {
            pinned.addAll(List.of(TASKSET.toString(), "-c", cores));
        }
        pinned.addAll(command);
        return pinned;
    }

    private static long onlineCores() {
        return lines("/proc/cpuinfo").stream().filter(it -> it.startsWith("processor")).count();
    }

    private static String ownCores() {
        return lines("/proc/self/status").stream()
                .filter(it -> it.startsWith("Cpus_allowed_list:"))
                .map(it -> it.substring(it.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
