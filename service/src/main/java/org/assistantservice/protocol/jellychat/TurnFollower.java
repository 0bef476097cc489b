package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.SequencedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows one run to the client that asked. The end is shown when the history holds it, so that who
/// has read an answer finds it there.
final class TurnFollower implements RunReader {
    private static final Logger LOG = LoggerFactory.getLogger(TurnFollower.class);

    private final Parts parts;
    private final Run run;
    private final Sink sink;
    private final TurnFrames frames;

    TurnFollower(Parts parts, Run run, Sink sink) {
        this.parts = parts;
        this.run = run;
        this.sink = sink;
        this.frames = new TurnFrames(parts.sentences()::of, parts.settings().apology());
    }

    /// What every follower needs.
    @Singleton
    record Parts(TurnRecords records, Sentences sentences, JellySettings settings) {}

    /// Where frames go. Must not block; called by one thread at a time.
    interface Sink {
        void frame(JellyFrame frame);

        /// Once, last.
        ///
        /// @param end whether the run is over, or only this view of it
        void ended(End end);
    }

    @Override
    public void onEvents(EventBatch batch) {
        for (SequencedEvent event : batch.events()) {
            frames.of(event.event()).forEach(sink::frame);
        }
    }

    @Override
    public void onEnd(End end) {
        Thread.startVirtualThread(() -> finish(end));
    }

    private void finish(End end) {
        if (end == End.RUN_OVER) {
            record();
        }
        frames.last().forEach(sink::frame);
        sink.ended(end);
    }

    private void record() {
        try {
            parts.records().settle(run.spec().principal(), run.threadId());
        } catch (RuntimeException e) {
            // It is written by whoever reads the history next; this client must get its end.
            LOG.error("A turn's end is not in its history yet", e);
        }
    }
}
