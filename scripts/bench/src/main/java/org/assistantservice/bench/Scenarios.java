package org.assistantservice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Row;

/// What can be asked for on the command line.
final class Scenarios {
    private static final String ALL_SIDES = "service,netty,nginx";
    private static final String SERVICE = "service";
    private static final int CLIENTS = 32;
    private static final Duration QUICK = Duration.ofSeconds(5);

    private final Rig rig;
    private final Options options;
    private final List<Row> rows = new ArrayList<>();

    Scenarios(Rig rig, Options options) {
        this.rig = rig;
        this.options = options;
    }

    List<Row> run() throws InterruptedException {
        switch (options.scenario()) {
            case "point" -> measure(ALL_SIDES, this::points);
            case "runs" -> measure(ALL_SIDES, this::runs);
            case "streams" -> measure(SERVICE, this::streams);
            case "memory" -> measure(ALL_SIDES, this::memory);
            case "watchers" -> measure(SERVICE, this::watchers);
            case "away" -> measure(SERVICE, this::away);
            case "boot" -> boot(options.sides("service,netty"), List.of("0", "0,1"));
            case "burst" -> measure("service,netty", this::burst);
            case "quick" -> quick();
            case "full" -> full();
            case "threads" -> measure(SERVICE, this::threads);
            case "functions" -> packs(options.numbers("functions", "1,10,100,1000"), List.of());
            case "packs" -> packs(List.of(), options.numbers("packs", "1,20,100"));
            default ->
                    throw new IllegalArgumentException(
                            """
                            No scenario '%s'; there are: point, runs, streams, memory, watchers, \
                            away, boot\
                            """
                                    .formatted(options.scenario()));
        }
        return rows;
    }

    /// What the gate looks at.
    private void quick() throws InterruptedException {
        measure(
                "service,netty",
                contenders -> {
                    points(contenders);
                    burst(contenders);
                    rows.addAll(new RunRate(CLIENTS, QUICK).rows(rig, contenders, repetitions()));
                });
        boot(options.sides("service,netty"), List.of("0"));
    }

    /// The whole table.
    private void full() throws InterruptedException {
        part("three sides", () -> measure(ALL_SIDES, this::threeSides));
        part("the socket", () -> measure("socket", this::points));
        part("the service alone", () -> measure(SERVICE, this::alone));
        part("boot", () -> boot(options.sides("service,netty"), List.of("0", "0,1")));
        part("packs", () -> packs(List.of(1, 100, 1000), List.of(100)));
    }

    private void threeSides(List<Contender> contenders) throws InterruptedException {
        for (int streams : options.numbers("streams", "50,200,1000")) {
            part(
                    streams + " streams",
                    () -> rows.addAll(point(streams).rows(rig, contenders, repetitions())));
        }
        part("short runs", () -> runs(contenders));
        part("at once", () -> burst(contenders));
        part("memory", () -> memory(contenders));
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

    /// What is done with warm servers.
    private interface Measurement {
        void of(List<Contender> contenders) throws InterruptedException;
    }

    private void measure(String sides, Measurement measurement) throws InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        try {
            for (Side side : options.sides(sides)) {
                Progress.say("Warming " + side.label());
                Contender contender = new Contender(side, side.start(rig));
                contenders.add(contender);
                rig.warm(side, contender.target());
            }
            measurement.of(contenders);
        } finally {
            contenders.forEach(it -> it.server().close());
        }
    }

    private void points(List<Contender> contenders) throws InterruptedException {
        for (int streams : options.numbers("streams", "50")) {
            rows.addAll(point(streams).rows(rig, contenders, repetitions()));
        }
    }

    private void runs(List<Contender> contenders) throws InterruptedException {
        RunRate rate = new RunRate(options.number("clients", CLIENTS), options.seconds(10));
        rows.addAll(rate.rows(rig, contenders, repetitions()));
    }

    private void streams(List<Contender> contenders) throws InterruptedException {
        double direct = point(1).direct(rig);
        for (Contender contender : contenders) {
            rows.addAll(
                    new StreamsOnTime(shape(), 100, options.number("most", 1600))
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

    private void boot(List<Side> sides, List<String> cores) throws InterruptedException {
        for (String where : cores) {
            for (Side side : sides) {
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

    private Point point(int streams) {
        return new Point(streams, shape());
    }

    private Point.Shape shape() {
        return new Point.Shape(
                options.number("rate", 50),
                options.number("tokens", 200),
                options.seconds(10),
                Duration.ofSeconds(options.number("settle", settle())),
                options.pace());
    }

    /// Seconds of a point's load before it is first measured.
    private int settle() {
        return options.scenario().equals("quick") ? 12 : 30;
    }

    private int repetitions() {
        return options.number("repetitions", 2);
    }
}
