package org.assistantservice.bench;

import java.time.Duration;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// `chats` of W1 that all begin at the same moment: nobody may have to wait until the others are
/// served.
record Burst(int chats) {
    static final String METRIC = "at once";

    private static final Script W1 = Script.w1(200, 50);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    List<Row> rows(Rig rig, List<Contender> contenders, int repetitions)
            throws InterruptedException {
        return new Alternation(contenders, repetitions)
                .rows((contender, repetition) -> row(rig, contender, repetition));
    }

    private Row row(Rig rig, Contender contender, int repetition) throws InterruptedException {
        Script script = contender.side().runsTools() ? W1 : W1.withoutCalls();
        rig.lateness();
        Load load = rig.client().atOnce(contender.target(), script, chats).await(LONGEST);
        Tally.Window seen = load.tally(Tally::take);
        boolean late = Point.isLate(rig.lateness());
        String problem = load.tally(Tally::firstProblem);
        return new Row(
                METRIC,
                chats + " chats",
                contender.side().label(),
                repetition,
                new Figures()
                        .put(Point.FAULTS, load.tally(Tally::faults))
                        .millis("TTFT p50 ms", seen.firstToken(), 50)
                        .millis("TTFT max ms", seen.firstToken(), 100)
                        .millis(Point.DELAY_P50, seen.delay(), 50)
                        .millis(Point.DELAY_P99, seen.delay(), 99)
                        .toMap(),
                problem.isEmpty() && late ? Point.LATE : problem);
    }
}
