package org.assistantservice.run;

import java.util.List;

/// Writes streamed text to the event log a few times a second, for all runs together. Never waited
/// for: after a crash the text is generated again.
final class DeltaLog implements Runnable {
    private final LiveRunStreams streams;
    private final RunJournal journal;

    DeltaLog(LiveRunStreams streams, RunJournal journal) {
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
