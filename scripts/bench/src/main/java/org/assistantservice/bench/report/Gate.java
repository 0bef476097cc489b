package org.assistantservice.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Holds measured rows against bounds. A bound is kept if one repetition keeps it: noise spoils one
/// repetition, a regression all of them. A token that is wrong in any repetition is never excused.
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

    /// What is not as it should be, a sentence each; empty if all is well. A bound for which
    /// nothing was measured is not kept.
    public List<String> violations(List<Row> rows) {
        List<String> violations = new ArrayList<>();
        rows.stream()
                .filter(it -> it.figures().getOrDefault(faultFigure, 0.0) > 0)
                .forEach(it ->
                        violations.add(
                                "%s, %s, %s: %s"
                                        .formatted(
                                                it.metric(), it.point(), it.side(), it.fault())));
        bounds.forEach(bound -> check(bound, rows).ifPresent(violations::add));
        return violations;
    }

    private Optional<String> check(Bound bound, List<Row> rows) {
        List<Double> found =
                rows.stream()
                        .filter(it -> it.metric().equals(bound.metric()) && it.side().equals(side))
                        .flatMap(it -> value(bound, it, rows).stream())
                        .toList();
        if (found.isEmpty()) {
            return Optional.of("%s, %s: not measured".formatted(bound.metric(), bound.figure()));
        }
        if (found.stream().anyMatch(bound::allows)) {
            return Optional.empty();
        }
        Comparator<Double> order = Comparator.naturalOrder();
        double best =
                bound.limit() == Bound.Limit.MOST
                        ? found.stream().min(order).orElseThrow()
                        : found.stream().max(order).orElseThrow();
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "%s, %s%s: %.2f, but at %s %.2f is allowed",
                        bound.metric(),
                        bound.figure(),
                        bound.isRatio() ? " ÷ " + bound.against() : "",
                        best,
                        bound.limit().name().toLowerCase(Locale.ROOT),
                        bound.value()));
    }

    private static Optional<Double> value(Bound bound, Row row, List<Row> rows) {
        Double own = row.figures().get(bound.figure());
        if (own == null || !bound.isRatio()) {
            return Optional.ofNullable(own);
        }
        return rows.stream()
                .filter(it -> it.side().equals(bound.against()))
                .filter(it -> it.metric().equals(row.metric()) && it.point().equals(row.point()))
                .filter(it -> it.repetition() == row.repetition())
                .map(it -> it.figures().getOrDefault(bound.figure(), 0.0))
                .filter(it -> it > 0)
                .map(it -> own / it)
                .findFirst();
    }
}
