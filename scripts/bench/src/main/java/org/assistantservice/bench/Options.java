package org.assistantservice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assistantservice.bench.sut.Servers;

/// The words of the command line: a scenario, then `--name value` pairs.
final class Options {
    private final String scenario;
    private final Map<String, String> values = new HashMap<>();

    Options(String... args) {
        scenario = args.length == 0 ? "" : args[0];
        for (int i = 1; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("Expected --name value but found " + args[i]);
            }
            values.put(args[i].substring(2), args[i + 1]);
        }
    }

    String scenario() {
        return scenario;
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    Duration seconds(int otherwise) {
        return Duration.ofSeconds(number("seconds", otherwise));
    }

    /// The sides to measure; nginx is left out where it is not installed.
    List<Side> sides(String otherwise) {
        return list("sides", otherwise)
                .map(Side::named)
                .filter(it -> it != Side.NGINX || Servers.hasNginx())
                .toList();
    }

    /// What the points have in common.
    ///
    /// @param settle seconds of a point's load before it is first measured, if nothing is said
    Point.Shape shape(int settle) {
        return new Point.Shape(
                number("rate", 50),
                number("tokens", 200),
                seconds(10),
                Duration.ofSeconds(number("settle", settle)),
                pace());
    }

    private Point.Pace pace() {
        return Point.Pace.valueOf(values.getOrDefault("pace", "closed").toUpperCase(Locale.ROOT));
    }

    List<Integer> numbers(String name, String otherwise) {
        return list(name, otherwise).map(Integer::valueOf).toList();
    }

    Path out() {
        return Path.of(values.getOrDefault("out", "target/bench/" + scenario));
    }

    private Stream<String> list(String name, String otherwise) {
        return Stream.of(values.getOrDefault(name, otherwise).split(",", -1));
    }
}
