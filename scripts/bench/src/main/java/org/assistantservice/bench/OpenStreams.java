package org.assistantservice.bench;

import java.time.Duration;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// M5: what one more open stream costs in memory while a token comes every three seconds. The
/// heap's growth is counted, its connection to the model included.
///
/// @param streams that are open
record OpenStreams(int streams) {
    private static final Duration GAP = Duration.ofSeconds(3);
    private static final Duration SPREAD = Duration.ofSeconds(6);
    private static final Duration HELD = Duration.ofSeconds(6);
    private static final int TOKENS = 20;

    Row row(Rig rig, Contender contender) throws InterruptedException {
        double before = contender.server().pssMegabytes();
        Script slow = new Script(contender.side().runsTools() ? 1 : 0, TOKENS, GAP);
        Load load = rig.client().closed(contender.target(), slow, streams, SPREAD);
        Thread.sleep(SPREAD.plus(GAP));
        Window window = Window.watch(rig, load, contender.server(), HELD);
        load.abandon();
        Row row =
                new Row(
                        "open streams",
                        "%d, one token per 3 s".formatted(streams),
                        contender.side().label(),
                        1,
                        new Figures()
                                .put(
                                        "KB per stream",
                                        1024 * (window.pssMegabytes() - before) / streams)
                                .put("PSS MB warm", before)
                                .put("PSS MB with all open", window.pssMegabytes())
                                .put("core used %", window.coreUsedPercent())
                                .toMap(),
                        load.tally(Tally::firstProblem));
        Progress.say(row);
        return row;
    }
}
