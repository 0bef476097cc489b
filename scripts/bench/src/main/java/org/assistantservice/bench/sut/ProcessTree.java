package org.assistantservice.bench.sut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// CPU and memory of a process and all below it, by the kernel's accounting.
final class ProcessTree {
    /// `USER_HZ`, which is 100 on every Linux.
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /// User and system time so far, in seconds, to 10 ms.
    double cpuSeconds() {
        return processes().mapToLong(ProcessTree::ticks).sum() / TICKS_PER_SECOND;
    }

    /// Proportional set size, in MB.
    double pssMegabytes() {
        return processes().mapToLong(ProcessTree::pssKilobytes).sum() / 1024.0;
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static long ticks(ProcessHandle process) {
        String stat = read(process, "stat");
        // The name, in parentheses, may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
    }

    private static long pssKilobytes(ProcessHandle process) {
        return read(process, "smaps_rollup")
                .lines()
                .filter(it -> it.startsWith("Pss:"))
                .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(ProcessHandle process, String file) {
        Path path = Path.of(String.format(Locale.ROOT, "/proc/%d/%s", process.pid(), file));
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("A server under test has ended: " + path, e);
        }
    }
}
