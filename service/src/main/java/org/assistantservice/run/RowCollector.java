package org.assistantservice.run;

import java.util.List;

/// Collects the rows of runs that are ready for the event log and hands them to the journal. Never
/// waited for: after a crash the text is generated again.
///
/// Each run's turn comes once in [#PARTS] rounds, so that many runs do not keep the journal's one
/// writer busy all at once while a new run waits to be accepted. One thread at a time.
final class RowCollector implements Runnable {
    static final int PARTS = 4;

    private final LiveRunStreams streams;
    private final RunJournal journal;
    private int round;

    RowCollector(LiveRunStreams streams, RunJournal journal) {
        this.streams = streams;
        this.journal = journal;
    }

    @Override
    public void run() {
        round = (round + 1) % PARTS;
        for (RunFeed feed : streams.feeds()) {
            if (Math.floorMod(feed.runId().hashCode(), PARTS) == round) {
                collect(feed);
            }
        }
    }

    private void collect(RunFeed feed) {
        List<EventRow> rows = feed.takeForLog();
        if (!rows.isEmpty()) {
            EventRow last = rows.getLast();
            journal.log(feed.runId(), rows, () -> feed.stored(last.epoch(), last.lastN()));
        }
    }
}
