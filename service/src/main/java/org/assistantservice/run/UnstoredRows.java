package org.assistantservice.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.assistantservice.run.RunEvent.CallProgress;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.StepDelta;

/// What of a run's events may not be in the log yet: formed into rows as they come, kept until they
/// are known to be stored.
///
/// Has no lock of its own: [RunFeed] calls it under the feed's lock.
final class UnstoredRows {
    /// A row of deltas is closed at this many characters.
    private static final int ROW_CHARACTERS = 2048;

    private final List<SequencedEvent> head = new ArrayList<>();
    private final Deque<EventRow> closed = new ArrayDeque<>();
    private final List<RunEvent> openRow = new ArrayList<>();
    private int openRowN;
    private int openRowCharacters;
    private int epoch;
    private int handedToLog;
    private int staged;

    /// Begins an epoch with events that are stored already. They are kept for the first readers
    /// until something else is stored.
    ///
    /// @param lastN place of the last of them in this epoch
    void begin(List<SequencedEvent> stored, int epochNow, int lastN) {
        epoch = epochNow;
        handedToLog = lastN;
        staged = 0;
        head.addAll(stored);
    }

    /// Adds the event with the next place.
    void add(int n, RunEvent event) {
        if (!openRow.isEmpty() && !joins(event, openRow.getLast())) {
            closeRow();
        }
        if (event instanceof CallProgress) {
            return; // live only: it has a place, but no row
        }
        if (openRow.isEmpty()) {
            openRowN = n;
        }
        openRow.add(event);
        openRowCharacters += characters(event);
        if (openRowCharacters >= ROW_CHARACTERS) {
            closeRow();
        }
    }

    /// Closes the row that is being filled: the next event begins another.
    void closeRow() {
        if (!openRow.isEmpty()) {
            closed.add(new EventRow(epoch, openRowN, openRow));
            openRow.clear();
            openRowCharacters = 0;
        }
    }

    /// The rows for a transaction: those that are not known to be stored and not staged for an
    /// earlier one. They stay here until [#stored].
    List<EventRow> stage() {
        List<EventRow> rows = rowsAfter(staged);
        staged = rows.isEmpty() ? staged : rows.getLast().lastN();
        return rows;
    }

    /// A transaction failed: what was staged and is not stored is to be staged again.
    void withdraw() {
        staged = 0;
    }

    /// The rows for the log that were not taken before. They stay here until [#stored].
    List<EventRow> take() {
        List<EventRow> rows = rowsAfter(handedToLog);
        handedToLog = rows.isEmpty() ? handedToLog : rows.getLast().lastN();
        return rows;
    }

    private List<EventRow> rowsAfter(int n) {
        closeRow();
        if (closed.isEmpty() || closed.getLast().n() <= n) {
            return List.of();
        }
        List<EventRow> rows = new ArrayList<>();
        for (EventRow row : closed) {
            if (row.n() > n) {
                rows.add(row);
            }
        }
        return rows;
    }

    /// Everything of this epoch up to `n` is stored.
    void stored(int epochStored, int n) {
        head.clear();
        while (epochStored == epoch && !closed.isEmpty() && closed.peek().lastN() <= n) {
            closed.poll();
        }
    }

    /// The events that are still here, in order, without those after `lastN`.
    List<SequencedEvent> eventsUpTo(int lastN) {
        List<SequencedEvent> events = new ArrayList<>(head);
        for (EventRow row : closed) {
            addUpTo(lastN, events, row.n(), row.events());
        }
        addUpTo(lastN, events, openRowN, openRow);
        return events;
    }

    private void addUpTo(int lastN, List<SequencedEvent> to, int firstN, List<RunEvent> events) {
        int n = firstN;
        for (RunEvent event : events) {
            if (n <= lastN) {
                to.add(new SequencedEvent(epoch, n, event));
            }
            n++;
        }
    }

    private static boolean joins(RunEvent event, RunEvent before) {
        return (event instanceof MessageDelta now
                        && before instanceof MessageDelta then
                        && now.messageId().equals(then.messageId()))
                || (event instanceof StepDelta next
                        && before instanceof StepDelta last
                        && next.stepId().equals(last.stepId())
                        && next.index() == last.index()
                        && next.callId() == null);
    }

    /// How much of a row the event fills; an event that is no delta fills it.
    private static int characters(RunEvent event) {
        if (event instanceof MessageDelta delta) {
            return delta.text().length();
        }
        return event instanceof StepDelta delta ? delta.arguments().length() : ROW_CHARACTERS;
    }
}
