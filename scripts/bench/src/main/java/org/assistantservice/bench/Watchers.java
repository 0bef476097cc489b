package org.assistantservice.bench;

import java.time.Duration;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// M12: what one more reader of a run costs. A few runs of W1 at a time, each with its caller and
/// `watchers` readers of its events who come as soon as the run is named.
///
/// @param watchers of each run, beside its caller
/// @param length of a measurement
record Watchers(int watchers, Duration length) {
    private static final int RUNS = 4;
    private static final int TOKENS = 200;
    private static final int RATE = 50;
    private static final Duration LAST_ENDS = Duration.ofSeconds(30);

    Row row(Rig rig, Contender contender) throws InterruptedException {
        Script script = Script.w1(TOKENS, RATE);
        Load load = rig.client().watched(contender.target(), script, RUNS, watchers);
        Thread.sleep(script.length());
        Window window = Window.watch(rig, load, contender.server(), length);
        load.finish(script.length().plus(LAST_ENDS));
        Row row =
                new Row(
                        "watchers",
                        "%d runs, %d watchers each".formatted(RUNS, watchers),
                        contender.side().label(),
                        1,
                        new Figures()
                                .put("CPU µs per token read", window.microsPerToken())
                                .put("tokens read/s", window.tokensPerSecond())
                                .put("core used %", window.coreUsedPercent())
                                .put("PSS MB", window.pssMegabytes())
                                .put(Point.FAULTS, load.tally(Tally::faults))
                                .millis(Point.DELAY_P50, window.seen().delay(), 50)
                                .millis(Point.DELAY_P99, window.seen().delay(), 99)
                                .toMap(),
                        load.tally(Tally::firstProblem));
        Progress.say(row);
        return row;
    }
}
