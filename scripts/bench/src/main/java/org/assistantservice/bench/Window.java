package org.assistantservice.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.sut.ServerUnderTest;
import org.jspecify.annotations.Nullable;

/// What was seen while a load ran evenly.
///
/// @param seen by the clients
/// @param lateness of the model, nanoseconds
/// @param seconds how long
/// @param cpuSeconds of the server's processes; 0 without a server
/// @param pssMegabytes at the end; 0 without a server
/// @param toolSeconds CPU of this process, model and client together
record Window(
        Tally.Window seen,
        Histogram lateness,
        double seconds,
        double cpuSeconds,
        double pssMegabytes,
        double toolSeconds) {

    /// Watches a running load for `length`.
    static Window watch(Rig rig, Load load, @Nullable ServerUnderTest server, Duration length)
            throws InterruptedException {
        load.tally(Tally::take);
        rig.lateness();
        double cpu = server == null ? 0 : server.cpuSeconds();
        double ownCpu = ownCpuSeconds();
        long start = System.nanoTime();
        Thread.sleep(length);
        double used = server == null ? 0 : server.cpuSeconds() - cpu;
        double ownUsed = ownCpuSeconds() - ownCpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        Tally.Window seen = load.tally(Tally::take);
        double pss = server == null ? 0 : server.pssMegabytes();
        return new Window(seen, rig.lateness(), seconds, used, pss, ownUsed);
    }

    double tokensPerSecond() {
        return seen.tokens() / seconds;
    }

    double microsPerToken() {
        return 1e6 * cpuSeconds / Math.max(1, seen.tokens());
    }

    double coreUsedPercent() {
        return 100 * cpuSeconds / seconds;
    }

    double toolsUsedPercent() {
        return 100 * toolSeconds / seconds;
    }

    private static double ownCpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(it -> it.toNanos() / 1e9)
                .orElse(0.0);
    }
}
