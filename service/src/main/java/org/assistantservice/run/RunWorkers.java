package org.assistantservice.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims runs and has each driven on a virtual thread of its own: renews leases, takes up runs
/// whose owner vanished, and hands runs over when the service stops. Thread-safe.
public final class RunWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorkers.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(1);
    private static final Duration EARLY_STOPS = Duration.ofSeconds(10);
    private static final int RENEWALS_PER_LEASE = 3;

    /// One for each of the periodic tasks that may wait for the store, and one for deadlines.
    private static final int TIMER_THREADS = 4;

    private final String owner = "w_" + UUID.randomUUID();
    private final Parts parts;
    private final RunJournal journal;
    private final RunLimits limits;
    private final RunDriver driver;
    private final Failpoints failpoints;
    private final ActiveRuns active = new ActiveRuns();
    private final Semaphore wanted = new Semaphore(0);

    /// Threads on which a run may wait for the one that is under way. Looking for work costs the
    /// store two transactions, so the end of a run is a reason only where something may wait.
    private final Set<ThreadId> contended = ConcurrentHashMap.newKeySet();

    private final CountDownLatch claimerEnded = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean draining;
    private volatile boolean handingOver;

    /// What the workers drive runs with.
    public record Parts(
            RunJournal journal,
            RunReads reads,
            LiveRunStreams streams,
            ActionSource actions,
            RunLimits limits,
            InstantSource clock) {}

    RunWorkers(Parts parts, RunLoop loop, RunFinisher finisher, Failpoints failpoints) {
        this.failpoints = failpoints;
        this.parts = parts;
        this.journal = parts.journal();
        this.limits = parts.limits();
        this.timer =
                new ScheduledThreadPoolExecutor(
                        TIMER_THREADS,
                        Thread.ofPlatform().name("run-timer-", 0).daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        this.driver = new RunDriver(parts, loop, finisher, timer);
    }

    /// Frees what an earlier process left behind. Before the first request: afterwards there are
    /// leases of this process too.
    public void takeUpOrphans() {
        journal.expireLeases();
    }

    /// Begins to work.
    public void start() {
        every(
                limits.deltaFlushInterval().dividedBy(RowCollector.PARTS),
                new RowCollector(parts.streams(), journal));
        every(limits.lease().dividedBy(RENEWALS_PER_LEASE), this::renew);
        every(TICK, this::tick);
        every(FORGET, this::forgetOld);
        Thread.ofVirtual().name("run-claimer").start(this::claimAll);
        wake();
    }

    /// A run waits on this thread.
    void waitsOn(ThreadId threadId) {
        contended.add(threadId);
        wake();
    }

    /// Something may be ready to be claimed.
    private void wake() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    String owner() {
        return owner;
    }

    boolean isDraining() {
        return draining;
    }

    int activeRuns() {
        return active.size();
    }

    int activeRuns(Principal principal) {
        return active.count(principal);
    }

    /// The run of this process that is under way on a thread.
    Optional<RunId> activeOn(ThreadId threadId) {
        return active.on(threadId);
    }

    /// Tells a run of this process to stop, if it is here or about to be.
    void stop(RunId runId, StopReason reason) {
        active.stop(runId, reason);
    }

    /// Has a claimed run driven.
    ///
    /// @param accepted the run's first events if it was claimed as it was accepted, else empty
    /// @param earlier see [RunRequest.Options#earlier]
    void launch(Claim claim, List<SequencedEvent> accepted, List<RunRequest.Said> earlier) {
        Duration startingTime = limits.lease().multipliedBy(2).dividedBy(RENEWALS_PER_LEASE);
        RunFeed feed = parts.streams().open(claim, accepted);
        ActiveRun run = new ActiveRun(claim, feed, startingTime, earlier);
        active.add(run);
        if (handingOver) {
            run.stop(StopReason.SERVICE_STOPPING);
        }
        Thread.ofVirtual().name(claim.run().id().value()).start(() -> drive(run));
    }

    private void drive(ActiveRun run) {
        try {
            driver.drive(run);
        } finally {
            boolean wasFull = active.size() >= limits.maxActive();
            active.remove(run);
            if (contended.remove(run.spec().threadId()) || wasFull) {
                wake();
            }
        }
    }

    /// Takes no more runs, waits for those under way, and gives back those that are not done in
    /// time. On return no run is driven any more and every stream has ended.
    public void drain(Duration patience) throws InterruptedException {
        draining = true;
        wake();
        awaitNoneActive(patience);
        handingOver = true;
        active.stopAll(StopReason.SERVICE_STOPPING);
        failpoints.reach("during-drain");
        claimerEnded.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
        awaitNoneActive(TICK);
        parts.streams().stop();
    }

    private void awaitNoneActive(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!active.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        draining = true;
        timer.shutdownNow();
        wanted.release();
    }

    private void claimAll() {
        try {
            while (!draining) {
                wanted.acquire();
                wanted.drainPermits();
                survive(this::claimWhatIsReady);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            claimerEnded.countDown();
        }
    }

    private void claimWhatIsReady() {
        journal.expireQueued(parts.clock().instant())
                .forEach(it -> parts.streams().endedInQueue(it.run().id(), it.events()));
        while (!draining && active.size() < limits.maxActive()) {
            Claim claim = journal.claim(owner, limits.lease(), active::has).orElse(null);
            if (claim == null) {
                return;
            }
            contended.add(claim.run().spec().threadId());
            launch(claim, List.of(), List.of());
        }
    }

    private void tick() {
        active.forgetStopsBefore(System.nanoTime() - EARLY_STOPS.toNanos());
        wake();
    }

    private void forgetOld() {
        journal.forget(parts.clock().instant().minus(limits.eventRetention()));
    }

    private void renew() {
        Collection<ActiveRun> held = active.all();
        if (held.isEmpty()) {
            return;
        }
        long asked = System.nanoTime();
        Set<Lease> lost =
                new HashSet<>(
                        journal.renew(
                                held.stream().map(ActiveRun::lease).toList(), limits.lease()));
        for (ActiveRun run : held) {
            if (lost.contains(run.lease())) {
                run.stop(StopReason.LOST);
            } else {
                run.renewed(asked);
            }
        }
    }

    private void every(Duration interval, Runnable task) {
        // A task that fails goes on, so its future never tells of a failure.
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> survive(task),
                        interval.toNanos(),
                        interval.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /// A task that threw out of here would never run again.
    private static void survive(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("A periodic task failed; it is tried again", e);
        }
    }
}
