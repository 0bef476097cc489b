package org.assistantservice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Gate;
import org.assistantservice.bench.report.Row;

/// What can be asked for on the command line.
final class Scenarios {
    private static final String ALL_SIDES = "service,netty,nginx";
    private static final String SERVICE = "service";
    private static final int CLIENTS = 32;

    /// Seconds of a point's load before it is first measured, where a table shows the last of two
    /// repetitions: that one begins after half a minute of the load.
    private static final int SETTLE = 12;

    /// The same where there is one repetition only.
    private static final int SETTLE_ONCE = 30;

    /// The same for the points after the first: the compiler has nothing new to learn but the
    /// number of streams.
    private static final int SETTLE_AGAIN = 5;

    private static final Map<String, Scenario> BY_NAME = byName();

    private final Rig rig;
    private final Options options;
    private final Quick quick;
    private final List<Row> rows = new ArrayList<>();

    /// @param gate of the scenario `quick`
    Scenarios(Rig rig, Options options, Gate gate) {
        this.rig = rig;
        this.options = options;
        quick = new Quick(rig, options, gate);
    }

    /// One word of the command line.
    private interface Scenario {
        void run(Scenarios scenarios) throws InterruptedException;
    }

    private static Map<String, Scenario> byName() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("point", it -> it.measure(ALL_SIDES, it::points));
        all.put("streams", it -> it.measure(SERVICE, it::streams));
        all.put("memory", it -> it.measure(ALL_SIDES, it::memory));
        all.put("runs", it -> it.measure(ALL_SIDES, it::runs));
        all.put("boot", it -> it.boot(List.of("0", "0,1")));
        all.put("threads", it -> it.measure(SERVICE, it::threads));
        all.put("functions", it -> it.packs(it.functions(), List.of()));
        all.put("packs", it -> it.packs(List.of(), it.options.numbers("packs", "1,20,100")));
        all.put("away", it -> it.measure(SERVICE, it::away));
        all.put("watchers", it -> it.measure(SERVICE, it::watchers));
        all.put("burst", it -> it.measure("service,netty", it::burst));
        all.put("quick", Scenarios::quick);
        all.put("full", Scenarios::full);
        return all;
    }

    List<Row> run() throws InterruptedException {
        Scenario scenario = BY_NAME.get(options.scenario());
        if (scenario == null) {
            throw new IllegalArgumentException(
                    "No scenario '%s'; there are: %s"
                            .formatted(options.scenario(), String.join(", ", BY_NAME.keySet())));
        }
        scenario.run(this);
        return rows;
    }

    /// What `quick`, if that was run, has found not to be as it should, a sentence each.
    List<String> violations() {
        return quick.violations();
    }

    private void quick() throws InterruptedException {
        quick.run();
        rows.addAll(quick.rows());
    }

    /// The whole table. Memory per stream is the growth over a warm base, so it is measured on
    /// servers that have not held more streams before.
    private void full() throws InterruptedException {
        part("three sides", () -> measure(ALL_SIDES, this::threeSides));
        part("memory", () -> measure(ALL_SIDES + ",socket", this::memory));
        part("the socket", () -> measure("socket", this::points));
        part("the service alone", () -> measure(SERVICE, this::alone));
        part("boot", () -> boot(List.of("0", "0,1")));
        part("packs", () -> packs(List.of(1, 100, 1000), List.of(100)));
    }

    private void threeSides(List<Contender> contenders) throws InterruptedException {
        Point.Shape shape = options.shape(SETTLE);
        for (int streams : options.numbers("streams", "50,200,1000")) {
            Point point = new Point(streams, shape);
            part(
                    streams + " streams",
                    () -> rows.addAll(point.rows(rig, contenders, repetitions())));
            shape = shape.settledBefore(SETTLE_AGAIN);
        }
        part("short runs", () -> runs(contenders));
        part("at once", () -> burst(contenders));
    }

    private void alone(List<Contender> contenders) throws InterruptedException {
        part("streams on time", () -> streams(contenders));
        part("watchers", () -> watchers(contenders));
        part("away", () -> away(contenders));
        part("threads", () -> threads(contenders));
    }

    /// One part's failure is a row of its own and costs no other part.
    private void part(String name, Part part) throws InterruptedException {
        try {
            part.run();
        } catch (RuntimeException e) {
            Progress.say("%s FAILED: %s".formatted(name, e));
            rows.add(new Row("failed", name, SERVICE, 1, Map.of(Point.FAULTS, 1.0), e.toString()));
        }
    }

    private interface Part {
        void run() throws InterruptedException;
    }

    private void measure(String sides, WarmServers.Measurement measurement)
            throws InterruptedException {
        new WarmServers(rig, options.sides(sides)).use(measurement);
    }

    private void points(List<Contender> contenders) throws InterruptedException {
        Point.Shape shape = options.shape(SETTLE);
        for (int streams : options.numbers("streams", "50")) {
            rows.addAll(new Point(streams, shape).rows(rig, contenders, repetitions()));
            shape = shape.settledBefore(SETTLE_AGAIN);
        }
    }

    private void runs(List<Contender> contenders) throws InterruptedException {
        RunRate rate = new RunRate(options.number("clients", CLIENTS), options.seconds(10));
        rows.addAll(rate.rows(rig, contenders, repetitions()));
    }

    private void streams(List<Contender> contenders) throws InterruptedException {
        Point.Shape shape = options.shape(SETTLE_ONCE);
        double direct = new Point(1, shape).direct(rig);
        for (Contender contender : contenders) {
            rows.addAll(
                    new StreamsOnTime(shape, SETTLE_AGAIN, 100, options.number("most", 1600))
                            .rows(rig, contender, direct));
        }
    }

    private void memory(List<Contender> contenders) throws InterruptedException {
        OpenStreams open = new OpenStreams(options.number("open", 1000));
        for (Contender contender : contenders) {
            rows.add(open.row(rig, contender));
        }
    }

    private void watchers(List<Contender> contenders) throws InterruptedException {
        for (Contender contender : contenders) {
            for (int watchers : options.numbers("watchers", "1,10,100")) {
                rows.add(new Watchers(watchers, options.seconds(10)).row(rig, contender));
            }
        }
    }

    private void away(List<Contender> contenders) throws InterruptedException {
        for (Contender contender : contenders) {
            AwayClients away = new AwayClients(options.number("readers", 100), options.seconds(10));
            rows.addAll(away.rows(rig, contender));
        }
    }

    private void boot(List<String> cores) throws InterruptedException {
        for (String where : cores) {
            for (Side side : options.sides("service,netty")) {
                rows.addAll(new Boot(side, where, options.number("starts", 3)).rows(rig));
            }
        }
    }

    private void burst(List<Contender> contenders) throws InterruptedException {
        rows.addAll(new Burst(options.number("chats", 50)).rows(rig, contenders, repetitions()));
    }

    private void threads(List<Contender> contenders) throws InterruptedException {
        for (Contender contender : contenders) {
            for (int messages : options.numbers("messages", "1,10,100,1000,10000")) {
                rows.add(new LongThread(messages).row(rig, contender));
            }
        }
    }

    private void packs(List<Integer> functions, List<Integer> packs) throws InterruptedException {
        for (int count : functions) {
            rows.add(new ManyFunctions(count, 1).row(rig));
        }
        for (int count : packs) {
            rows.add(new ManyFunctions(1, count).row(rig));
        }
    }

    private List<Integer> functions() {
        return options.numbers("functions", "1,10,100,1000");
    }

    private int repetitions() {
        return options.number("repetitions", 2);
    }
}
