package org.assistantservice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Gate;
import org.assistantservice.bench.report.Row;

/// What the gate looks at. A metric with a bound that is not kept is measured once more, some time
/// later: a regression is there twice, noise is not. For one use.
///
/// nginx is measured once per look, at the only point with a bound against it.
final class Quick {
    private static final int CHATS = 50;
    private static final int CLIENTS = 32;
    private static final int SETTLE = 12;

    /// A burst is one moment and soon disturbed, so that the median of some must count.
    private static final int BURSTS = 3;

    private final Rig rig;
    private final Options options;
    private final Gate gate;
    private final List<Row> first = new ArrayList<>();
    private final List<Row> second = new ArrayList<>();

    Quick(Rig rig, Options options, Gate gate) {
        this.rig = rig;
        this.options = options;
        this.gate = gate;
    }

    /// One look at a metric.
    private interface Part {
        /// @param settle most seconds of a point's load before it is first measured
        List<Row> rows(int settle) throws InterruptedException;
    }

    void run() throws InterruptedException {
        new WarmServers(rig, options.sides("service,netty,nginx")).use(this::warm);
        look(Map.of(Boot.METRIC, _ -> boot()));
    }

    /// The rows of both looks; the repetitions of the second count on from those of the first.
    List<Row> rows() {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /// What is not as it should be, a sentence each.
    List<String> violations() {
        return gate.violations(first, second);
    }

    private void warm(List<Contender> contenders) throws InterruptedException {
        List<Contender> runners = contenders.stream().filter(it -> it.side().runsTools()).toList();
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(Point.METRIC, settle -> points(contenders, runners, settle));
        parts.put(Burst.METRIC, _ -> new Burst(CHATS).rows(rig, runners, BURSTS));
        parts.put(
                RunRate.METRIC,
                _ -> new RunRate(CLIENTS, options.seconds(5)).rows(rig, runners, repetitions()));
        look(parts);
    }

    /// All parts, and then, on servers that have settled, those in doubt again.
    private void look(Map<String, Part> parts) throws InterruptedException {
        for (Part part : parts.values()) {
            first.addAll(part.rows(SETTLE));
        }
        Set<String> doubtful = gate.doubtful(first);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (doubtful.contains(part.getKey())) {
                Progress.say("A bound is not kept; once more: " + part.getKey());
                int earlier = repetitionsOf(part.getKey());
                part.getValue().rows(0).forEach(it -> second.add(it.after(earlier)));
            }
        }
    }

    private List<Row> points(List<Contender> all, List<Contender> runners, int settle)
            throws InterruptedException {
        Point point = new Point(CHATS, options.shape(SETTLE).settledBefore(settle));
        double direct = point.direct(rig);
        int last = repetitions();
        List<Row> rows = new ArrayList<>();
        for (int repetition = 1; repetition <= last; repetition++) {
            for (Contender contender : repetition < last ? runners : all) {
                Row row = point.row(rig, contender, direct, repetition);
                Progress.say(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private List<Row> boot() throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Side side : options.sides("service,netty,nginx")) {
            if (side.runsTools()) {
                rows.addAll(new Boot(side, "0", options.number("starts", 3)).rows(rig));
            }
        }
        return rows;
    }

    private int repetitions() {
        return options.number("repetitions", 2);
    }

    private int repetitionsOf(String metric) {
        return first.stream()
                .filter(it -> it.metric().equals(metric))
                .mapToInt(Row::repetition)
                .max()
                .orElse(0);
    }
}
