package org.assistantservice.run;

import java.util.List;

/// Collects the rows of all runs that are ready for the event log and hands them to the journal, a
/// few times a second. Never waited for: after a crash the text is generated again.
final class RowCollector implements Runnable {
    private final LiveRunStreams streams;
    private final RunJournal journal;

    RowCollector(LiveRunStreams streams, RunJournal journal) {
        this.streams = streams;
        this.journal = journal;
    }

    @Override
    public void run() {
        for (RunFeed feed : streams.feeds()) {
            List<EventRow> rows = feed.takeForLog();
            if (!rows.isEmpty()) {
                EventRow last = rows.getLast();
                journal.log(feed.runId(), rows, () -> feed.stored(last.epoch(), last.lastN()));
            }
        }
    }
}
