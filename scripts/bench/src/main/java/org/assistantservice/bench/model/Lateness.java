package org.assistantservice.bench.model;

import org.HdrHistogram.Histogram;

/// The model's own lateness: when a token was written, less when it was due, in nanoseconds. Used
/// on the bench's event loop only.
public final class Lateness {
    private static final int DIGITS = 3;

    private Histogram nanos = new Histogram(DIGITS);

    void add(long late) {
        nanos.recordValue(Math.max(0, late));
    }

    /// What was seen since the last call; a new count begins.
    public Histogram take() {
        Histogram taken = nanos;
        nanos = new Histogram(DIGITS);
        return taken;
    }
}
