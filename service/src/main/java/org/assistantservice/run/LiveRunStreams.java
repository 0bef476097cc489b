package org.assistantservice.run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.RunJournal.Claim;

/// The streams of this process: one [RunFeed] for each run that is under way here or that a reader
/// waits for. Thread-safe.
public final class LiveRunStreams implements RunStreams {
    private final RunReads reads;
    private final RunLimits limits;
    private final InstantSource clock;
    private final ConcurrentMap<RunId, RunFeed> feeds = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    public LiveRunStreams(RunReads reads, RunLimits limits, InstantSource clock) {
        this.reads = reads;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Subscription subscribe(Principal principal, RunCursor after, RunReader reader) {
        RunId runId = after.runId();
        FeedReader joined = new FeedReader(reader, after);
        List<SequencedEvent> tail = new ArrayList<>();
        RunFeed feed =
                feeds.compute(
                        runId,
                        (id, known) -> {
                            RunFeed joining = known == null ? new RunFeed(id) : known;
                            tail.addAll(joining.attach(joined));
                            return joining;
                        });
        try {
            boolean isOver = check(principal, after, feed);
            joined.catchUp(reads, tail);
            if (isOver) {
                joined.end(RunReader.End.RUN_OVER);
                leave(runId, joined);
            } else if (stopped) {
                joined.end(RunReader.End.SERVICE_STOPPING);
            }
        } catch (RuntimeException e) {
            leave(runId, joined);
            throw e;
        }
        return () -> leave(runId, joined);
    }

    @Override
    public boolean hasReader(RunId runId) {
        RunFeed feed = feeds.get(runId);
        return feed != null && (feed.readerCount() > 0 || feed.isAwaited(clock.millis()));
    }

    /// Begins the live part of a run that this process has claimed.
    ///
    /// @param accepted the run's first events if it was claimed as it was accepted, else empty
    RunFeed open(Claim claim, List<SequencedEvent> accepted) {
        RunId runId = claim.run().id();
        long awaitedUntil = clock.millis() + limits.restartGrace().toMillis();
        List<SequencedEvent> stored = new ArrayList<>(accepted);
        stored.addAll(claim.events());
        RunFeed feed =
                feeds.compute(
                        runId,
                        (id, known) -> {
                            RunFeed opening = known == null ? new RunFeed(id) : known;
                            opening.begin(stored, claim.lease().epoch(), claim.changesBefore());
                            opening.ownedBy(claim.run().spec().principal(), awaitedUntil);
                            return opening;
                        });
        feed.flush();
        return feed;
    }

    /// Ends the live part of a run; its readers are told why.
    void close(RunFeed feed, RunReader.End why) {
        feeds.remove(feed.runId(), feed);
        feed.close(why);
    }

    /// Tells the readers of a run that ended in the queue.
    void endedInQueue(RunId runId, List<SequencedEvent> events) {
        RunFeed waiting = feeds.remove(runId);
        if (waiting != null) {
            waiting.begin(events, 0, 0);
            waiting.flush();
            waiting.close(RunReader.End.RUN_OVER);
        }
    }

    /// Ends all streams, those of runs that wait included; new ones end at once.
    void stop() {
        stopped = true;
        feeds.values().forEach(feed -> close(feed, RunReader.End.SERVICE_STOPPING));
    }

    /// The feeds of all runs that are under way or waited for.
    List<RunFeed> feeds() {
        return List.copyOf(feeds.values());
    }

    private void leave(RunId runId, FeedReader reader) {
        reader.close();
        feeds.computeIfPresent(
                runId,
                (id, feed) -> {
                    feed.detach(reader);
                    return feed.isIdle() ? null : feed;
                });
    }

    /// Whether the run is over, so that nothing will follow what is stored.
    private boolean check(Principal principal, RunCursor after, RunFeed feed) {
        if (feed.readerCount() > limits.maxReadersPerRun()) {
            throw new RunException(
                    RunErrorCode.TOO_MANY_READERS,
                    "%s has %d readers already"
                            .formatted(after.runId(), limits.maxReadersPerRun()));
        }
        // Asked once: the run may be claimed while the store is read.
        boolean wasLive = feed.isLive();
        if (feed.isOwnedBy(principal) && feed.hasReached(after)) {
            return false;
        }
        Run run =
                reads.run(principal, after.runId())
                        .orElseThrow(() -> RunException.noSuchRun(after.runId()));
        if (wasLive || !wasReached(run, after)) {
            throw new RunException(
                    RunErrorCode.INVALID_CURSOR,
                    "%s has no event %d-%d".formatted(run.id(), after.epoch(), after.n()));
        }
        return run.status().isTerminal();
    }

    /// A run that is over never went beyond its last stored event; one that waits to be taken up
    /// again may have shown more of its latest epoch than was stored.
    private boolean wasReached(Run run, RunCursor after) {
        RunCursor last = reads.lastStored(run.id()).orElse(null);
        if (last == null) {
            throw new RunException(
                    RunErrorCode.CURSOR_EXPIRED,
                    "The events of %s are no longer kept".formatted(run.id()));
        }
        if (run.status().isTerminal()) {
            return after.epoch() < last.epoch()
                    || (after.epoch() == last.epoch() && after.n() <= last.n());
        }
        return after.epoch() <= last.epoch();
    }
}
