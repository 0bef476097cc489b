package org.assistantservice.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;
import org.assistantservice.bench.sut.GeneratedPack;
import org.assistantservice.bench.sut.ServerUnderTest;
import org.assistantservice.bench.sut.Servers;

/// M9: boot, memory and a turn's cost with many functions in one assistant, and with many packs.
///
/// @param functions of the default assistant
/// @param packs in all, each with an assistant of its own
record ManyFunctions(int functions, int packs) {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration WARM = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final int CLIENTS = 8;
    private static final int WARM_RUNS = 300;

    Row row(Rig rig) throws InterruptedException {
        Path folder = Servers.newFolder();
        for (int i = 1; i < packs; i++) {
            GeneratedPack.numbered(i, 1).drop(Servers.assistants(folder));
        }
        GeneratedPack.first(functions).drop(Servers.assistants(folder));
        try (ServerUnderTest server = rig.servers().service(folder, "0")) {
            Row row = measured(rig, server);
            Progress.say(row);
            return row;
        }
    }

    private Row measured(Rig rig, ServerUnderTest server) throws InterruptedException {
        Thread.sleep(IDLE);
        double idle = server.pssMegabytes();
        Target target = Side.SERVICE.target(server);
        Rig.check(
                rig.client().chats(target, Script.SHORT_RUN, CLIENTS, WARM_RUNS).await(WARM),
                "the warm-up");
        Load load = rig.client().closed(target, Script.SHORT_RUN, CLIENTS);
        Window window = Window.watch(rig, load, server, WINDOW);
        load.finish(WARM);
        Tally.Window seen = window.seen();
        return new Row(
                packs > 1 ? "packs" : "functions",
                "%d functions, %d packs".formatted(functions, packs),
                Side.SERVICE.label(),
                1,
                new Figures()
                        .put(Boot.READY, server.ready().toNanos() / 1e9)
                        .put("idle PSS MB", idle)
                        .put("CPU ms/turn", 1e3 * window.cpuSeconds() / Math.max(1, seen.chats()))
                        .put(
                                "request KB/turn",
                                seen.requestBytes() / 1024.0 / Math.max(1, seen.chats()))
                        .millis("TTFT p50 ms", seen.firstToken(), 50)
                        .toMap(),
                load.tally(Tally::firstProblem));
    }
}
