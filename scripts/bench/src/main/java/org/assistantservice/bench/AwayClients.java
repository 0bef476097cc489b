package org.assistantservice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// M10: a tenth of the clients reads nothing. Measured is what the others see, without and with
/// them, and the server's memory; and how soon the model's stream is closed when a run is
/// cancelled. (A client that only leaves does not end its run.)
///
/// @param streams that read
/// @param length of a measurement
record AwayClients(int streams, Duration length) {
    private static final int RATE = 50;
    private static final int TOKENS = 200;

    /// Long and fast enough to fill the buffers between, and then the server's.
    private static final Script LONG_ANSWER = new Script(1, 60_000, Duration.ofMillis(2));

    private static final int CANCELLED = 50;
    private static final Duration LAST_ENDS = Duration.ofSeconds(30);

    List<Row> rows(Rig rig, Contender contender) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        int more = streams / 10;
        Load reading = rig.client().closed(contender.target(), LONG_ANSWER, more, Duration.ZERO);
        rows.add(measured(rig, contender, "and %d long ones, all read".formatted(more)));
        reading.abandon();
        Load deaf = rig.client().deaf(contender.target(), LONG_ANSWER, more);
        rows.add(measured(rig, contender, "and %d long ones, not read".formatted(more)));
        deaf.abandon();
        rows.add(cancelled(rig, contender));
        rows.forEach(Progress::say);
        return rows;
    }

    private Row measured(Rig rig, Contender contender, String who) throws InterruptedException {
        Script script = Script.w1(TOKENS, RATE);
        Load load = rig.client().closed(contender.target(), script, streams);
        Thread.sleep(script.length());
        Window window = Window.watch(rig, load, contender.server(), length);
        load.finish(script.length().plus(LAST_ENDS));
        return row(
                contender,
                "%d streams, %s".formatted(streams, who),
                new Figures()
                        .put("PSS MB", window.pssMegabytes())
                        .put("core used %", window.coreUsedPercent())
                        .put(Point.FAULTS, load.tally(Tally::faults))
                        .millis(Point.DELAY_P50, window.seen().delay(), 50)
                        .millis(Point.DELAY_P99, window.seen().delay(), 99),
                load.tally(Tally::firstProblem));
    }

    private Row cancelled(Rig rig, Contender contender) throws InterruptedException {
        Script endless = new Script(1, TOKENS, Duration.ofMillis(100));
        Load load = rig.client().cancelling(contender.target(), endless, CANCELLED);
        load.await(LAST_ENDS);
        Tally.Window seen = load.tally(Tally::take);
        return row(
                contender,
                "%d runs cancelled".formatted(CANCELLED),
                new Figures()
                        .put("model streams closed", seen.cuts().getTotalCount())
                        .millis("cancel → model's stream closed p50 ms", seen.cuts(), 50)
                        .millis("cancel → model's stream closed p99 ms", seen.cuts(), 99),
                seen.cuts().getTotalCount() < CANCELLED ? "a model's stream was not closed" : "");
    }

    private static Row row(Contender contender, String point, Figures figures, String fault) {
        return new Row("away", point, contender.side().label(), 1, figures.toMap(), fault);
    }
}
