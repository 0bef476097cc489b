package org.assistantservice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Row;

/// What can be asked for on the command line.
final class Scenarios {
    private static final String ALL_SIDES = "service,netty,nginx";

    private Scenarios() {}

    static List<Row> run(Rig rig, Options options) throws InterruptedException {
        return switch (options.scenario()) {
            case "point" -> points(rig, options);
            default ->
                    throw new IllegalArgumentException(
                            "No scenario '%s'; there is: point".formatted(options.scenario()));
        };
    }

    private static List<Row> points(Rig rig, Options options) throws InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        try {
            for (Side side : options.sides(ALL_SIDES)) {
                contenders.add(warm(rig, side));
            }
            Duration length = options.seconds(10);
            for (int streams : options.numbers("streams", "50")) {
                Point point =
                        new Point(
                                streams,
                                options.number("rate", 50),
                                options.number("tokens", 200),
                                length);
                rows.addAll(point.rows(rig, contenders, options.number("repetitions", 2)));
            }
        } finally {
            contenders.forEach(it -> it.server().close());
        }
        return rows;
    }

    private static Contender warm(Rig rig, Side side) throws InterruptedException {
        Progress.say("Warming " + side.label());
        Contender contender = new Contender(side, side.start(rig));
        rig.warm(side, contender.target());
        return contender;
    }
}
