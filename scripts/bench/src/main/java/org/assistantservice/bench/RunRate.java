package org.assistantservice.bench;

import java.time.Duration;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// M6: how many runs with one tool call and an answer of one token a server finishes in a second.
///
/// @param clients that ask again at once
/// @param length of a measurement
record RunRate(int clients, Duration length) {
    static final String METRIC = "short runs";
    static final String RUNS = "runs/s";

    private static final Duration LAST_ENDS = Duration.ofSeconds(30);

    List<Row> rows(Rig rig, List<Contender> contenders, int repetitions)
            throws InterruptedException {
        return new Alternation(contenders, repetitions)
                .rows((contender, repetition) -> row(rig, contender, repetition));
    }

    String name() {
        return clients + " clients";
    }

    private Row row(Rig rig, Contender contender, int repetition) throws InterruptedException {
        Script script =
                contender.side().runsTools() ? Script.SHORT_RUN : Script.SHORT_RUN.withoutCalls();
        Load load = rig.client().closed(contender.target(), script, clients);
        Window window = Window.watch(rig, load, contender.server(), length);
        load.finish(LAST_ENDS);
        Figures figures =
                new Figures()
                        .put(RUNS, window.seen().chats() / window.seconds())
                        .put(
                                "CPU ms/run",
                                1e3 * window.cpuSeconds() / Math.max(1, window.seen().chats()))
                        .put("core used %", window.coreUsedPercent())
                        .put("PSS MB", window.pssMegabytes())
                        .put(Point.FAULTS, load.tally(Tally::faults))
                        .millis("TTFT p50 ms", window.seen().firstToken(), 50)
                        .millis("TTFT p99 ms", window.seen().firstToken(), 99);
        return new Row(
                METRIC,
                name(),
                contender.side().label(),
                repetition,
                figures.toMap(),
                load.tally(Tally::firstProblem));
    }
}
