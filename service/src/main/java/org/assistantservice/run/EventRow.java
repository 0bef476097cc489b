package org.assistantservice.run;

import java.util.List;

/// What one row of the event log holds: one event, or neighbouring deltas of the same message or
/// call. A row once formed is never formed differently, so writing it twice is harmless.
///
/// @param epoch the epoch of all its events
/// @param n place of the first event; the others follow without gap
/// @param events at least one; more than one only for deltas
public record EventRow(int epoch, int n, List<RunEvent> events) {
    public EventRow {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A row must hold at least one event");
        }
    }

    /// Place of the last event.
    public int lastN() {
        return n + events.size() - 1;
    }
}
