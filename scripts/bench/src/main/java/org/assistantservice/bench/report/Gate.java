package org.assistantservice.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds measured rows against bounds.
///
/// Rows that are not valid count on neither side: a starved service looks cheap, and a disturbed
/// floor makes anybody look cheap. Of two valid repetitions the better one is judged, of three or
/// more the median. A bound for which no valid repetition is left is not kept.
public final class Gate {
    private final String side;
    private final String faultFigure;
    private final List<Bound> bounds;

    /// @param side that is judged
    /// @param faultFigure the figure that must be zero in every row of any side
    public Gate(String side, String faultFigure, List<Bound> bounds) {
        this.side = side;
        this.faultFigure = faultFigure;
        this.bounds = List.copyOf(bounds);
    }

    /// The metrics with a bound that these rows do not keep: noise may have been the reason, so
    /// they are worth a second look.
    public Set<String> doubtful(List<Row> rows) {
        return bounds.stream()
                .filter(it -> !keeps(it, rows))
                .map(Bound::metric)
                .collect(Collectors.toSet());
    }

    /// What is not as it should be, a sentence each; empty if all is well. A bound is broken if
    /// neither look keeps it; a wrong token in any repetition of any look is never excused.
    ///
    /// @param first rows of all metrics with a bound
    /// @param second rows of those that were [#doubtful]
    public List<String> violations(List<Row> first, List<Row> second) {
        List<String> violations = new ArrayList<>();
        Stream.concat(first.stream(), second.stream())
                .filter(it -> it.figures().getOrDefault(faultFigure, 0.0) > 0)
                .map(it ->
                        "%s, %s, %s: %s".formatted(it.metric(), it.point(), it.side(), it.fault()))
                .forEach(violations::add);
        bounds.stream()
                .filter(it -> !keeps(it, first) && !keeps(it, second))
                .map(it -> complaint(it, looksAgain(it, second) ? second : first))
                .forEach(violations::add);
        return violations;
    }

    private static boolean looksAgain(Bound bound, List<Row> second) {
        return second.stream().anyMatch(it -> it.metric().equals(bound.metric()));
    }

    private boolean keeps(Bound bound, List<Row> rows) {
        List<Double> found = found(bound, rows);
        return !found.isEmpty() && bound.allows(judged(bound, found));
    }

    private String complaint(Bound bound, List<Row> rows) {
        String what = bound.metric() + ", " + bound.name();
        List<Double> found = found(bound, rows);
        if (found.isEmpty()) {
            return what + ": not measured" + invalid(bound, rows);
        }
        return String.format(
                Locale.ROOT,
                "%s: %.2f, but at %s %.2f is allowed",
                what,
                judged(bound, found),
                bound.limit().name().toLowerCase(Locale.ROOT),
                bound.value());
    }

    /// Why there was nothing to judge, or nothing if no row was refused.
    private String invalid(Bound bound, List<Row> rows) {
        String refused =
                rows.stream()
                        .filter(it -> it.metric().equals(bound.metric()) && !it.isValid())
                        .filter(it -> it.side().equals(side) || it.side().equals(bound.against()))
                        .map(it ->
                                "%s #%d is not valid (%s)"
                                        .formatted(it.side(), it.repetition(), it.fault()))
                        .collect(Collectors.joining(", "));
        return refused.isEmpty() ? "" : ", since " + refused;
    }

    /// Best first: the best of two, the median of more.
    private static double judged(Bound bound, List<Double> found) {
        List<Double> bestFirst = found.stream().sorted(bound.bestFirst()).toList();
        return bestFirst.get((bestFirst.size() - 1) / 2);
    }

    /// The bound's value in each repetition in which all that it needs is valid.
    private List<Double> found(Bound bound, List<Row> rows) {
        List<Row> valid =
                rows.stream()
                        .filter(it -> it.metric().equals(bound.metric()) && it.isValid())
                        .filter(it -> it.figures().containsKey(bound.figure()))
                        .toList();
        return valid.stream()
                .filter(it -> it.side().equals(side))
                .flatMap(it -> value(bound, it, valid))
                .toList();
    }

    private static Stream<Double> value(Bound bound, Row row, List<Row> valid) {
        double own = row.figures().getOrDefault(bound.figure(), Double.NaN);
        if (!bound.isRatio()) {
            return Stream.of(own);
        }
        return valid.stream()
                .filter(it -> it.side().equals(bound.against()))
                .filter(it -> it.point().equals(row.point()))
                .filter(it -> it.repetition() == row.repetition())
                .map(it -> it.figures().getOrDefault(bound.figure(), 0.0))
                .filter(it -> it > 0)
                .map(it -> own / it)
                .limit(1);
    }
}
