package org.assistantservice.bench;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Row;

/// What can be asked for on the command line.
final class Scenarios {
    private static final String ALL_SIDES = "service,netty,nginx";
    private static final String SERVICE = "service";

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
            case "boot" -> boot();
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
        RunRate rate = new RunRate(options.number("clients", 32), options.seconds(10));
        rows.addAll(rate.rows(rig, contenders, repetitions()));
    }

    private void streams(List<Contender> contenders) throws InterruptedException {
        double direct = point(1).direct(rig);
        for (Contender contender : contenders) {
            rows.addAll(
                    new StreamsOnTime(point(1), 100, options.number("most", 1600))
                            .rows(rig, contender, direct));
        }
    }

    private void memory(List<Contender> contenders) throws InterruptedException {
        OpenStreams open = new OpenStreams(options.number("streams", 1000));
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
            AwayClients away = new AwayClients(options.number("streams", 100), options.seconds(10));
            rows.addAll(away.rows(rig, contender));
        }
    }

    private void boot() throws InterruptedException {
        rows.addAll(new Boot("0", options.number("starts", 3)).rows(rig));
        rows.addAll(new Boot("0,1", options.number("starts", 3)).rows(rig));
    }

    private Point point(int streams) {
        return new Point(
                streams,
                options.number("rate", 50),
                options.number("tokens", 200),
                options.seconds(10));
    }

    private int repetitions() {
        return options.number("repetitions", 2);
    }
}
