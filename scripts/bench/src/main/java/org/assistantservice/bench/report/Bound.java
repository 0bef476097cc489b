package org.assistantservice.bench.report;

import java.util.Comparator;
import java.util.List;

/// What a figure of the service may be, as a ratio to another side's figure or by itself.
///
/// @param metric of the rows
/// @param figure its name
/// @param against the side it is divided by, or `-` for the figure itself
/// @param limit `most` or `least`
/// @param value of the ratio or figure
public record Bound(String metric, String figure, String against, Limit limit, double value) {
    /// Which way is worse.
    public enum Limit {
        MOST,
        LEAST
    }

    /// Reads lines such as `W1 | CPU µs/token | netty | most | 4`; `#` begins a comment.
    public static List<Bound> parse(String text) {
        return text.lines()
                .map(String::strip)
                .filter(it -> !it.isEmpty() && !it.startsWith("#"))
                .map(Bound::line)
                .toList();
    }

    /// Whether this value is within the bound.
    boolean allows(double found) {
        return switch (limit) {
            case MOST -> found <= value;
            case LEAST -> found >= value;
        };
    }

    /// The order of values in which what keeps the bound best comes first.
    Comparator<Double> bestFirst() {
        return switch (limit) {
            case MOST -> Comparator.naturalOrder();
            case LEAST -> Comparator.reverseOrder();
        };
    }

    /// What is bounded, e.g. `CPU µs/token ÷ netty`.
    String name() {
        return isRatio() ? figure + " ÷ " + against : figure;
    }

    boolean isRatio() {
        return !against.equals("-");
    }

    private static Bound line(String line) {
        String[] parts = line.split("\\s*\\|\\s*", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("A bound has five parts, but this has not: " + line);
        }
        Limit limit =
                switch (parts[3]) {
                    case "most" -> Limit.MOST;
                    case "least" -> Limit.LEAST;
                    default ->
                            throw new IllegalArgumentException(
                                    "A limit is 'most' or 'least': " + line);
                };
        return new Bound(parts[0], parts[1], parts[2], limit, Double.parseDouble(parts[4]));
    }
}
