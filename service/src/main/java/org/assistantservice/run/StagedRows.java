package org.assistantservice.run;

import java.util.List;

/// Rows of events that wait for the transaction that stores them. Made by [RunFeed#stage], which
/// holds the events back until they are committed or withdrawn.
final class StagedRows {
    private final List<EventRow> rows;
    private final int lastN;
    private final int holds;
    private boolean settled;

    /// @param lastN place of the last event
    /// @param holds of the delivery that end when these rows are stored: their own, and those of
    ///   what was withdrawn before and is among them
    StagedRows(List<EventRow> rows, int lastN, int holds) {
        this.rows = List.copyOf(rows);
        this.lastN = lastN;
        this.holds = holds;
    }

    List<EventRow> rows() {
        return rows;
    }

    int lastN() {
        return lastN;
    }

    int holds() {
        return holds;
    }

    /// Whether this is the first time that the outcome is told. Under the feed's lock.
    boolean settle() {
        boolean isFirst = !settled;
        settled = true;
        return isFirst;
    }
}
