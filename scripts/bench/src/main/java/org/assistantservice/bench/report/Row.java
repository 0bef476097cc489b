package org.assistantservice.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one side showed at one point, in one repetition.
///
/// @param metric what was measured, e.g. `W1`
/// @param point where, e.g. `50 x 50/s`; sides are compared at the same point only
/// @param side who
/// @param repetition from 1; the last one is reported
/// @param figures by name, the unit being part of the name
/// @param fault why the row must not be used, or empty
public record Row(
        String metric,
        String point,
        String side,
        int repetition,
        Map<String, Double> figures,
        String fault) {

    public Row {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /// The same as a later repetition.
    ///
    /// @param earlier how many there were before the first of its look
    public Row after(int earlier) {
        return new Row(metric, point, side, repetition + earlier, figures, fault);
    }

    public boolean isValid() {
        return fault.isEmpty();
    }
}
