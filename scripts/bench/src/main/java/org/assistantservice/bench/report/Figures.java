package org.assistantservice.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Collects the figures of a row in the order in which they are to be read. For one thread.
public final class Figures {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, Double> figures = new LinkedHashMap<>();

    public Figures put(String name, double value) {
        figures.put(name, value);
        return this;
    }

    /// Puts a count.
    public Figures put(String name, long value) {
        return put(name, (double) value);
    }

    /// Puts a percentile of nanoseconds, in milliseconds; nothing if nothing was recorded.
    public Figures millis(String name, Histogram nanos, double percentile) {
        if (nanos.getTotalCount() > 0) {
            put(name, nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
        }
        return this;
    }

    public Map<String, Double> toMap() {
        return figures;
    }
}
