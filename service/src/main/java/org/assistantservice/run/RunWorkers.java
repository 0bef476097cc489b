package org.assistantservice.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.ModelException;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.thread.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Claims runs and drives each on a virtual thread of its own: renews leases, ends runs at their
/// deadline, takes up runs whose owner vanished, and hands runs over when the service stops.
/// Thread-safe.
public final class RunWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorkers.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(1);
    private static final int RENEWALS_PER_LEASE = 3;

    private final String owner = "w_" + UUID.randomUUID();
    private final RunLoop loop;
    private final RunFinisher finisher;
    private final RunJournal journal;
    private final LiveRunStreams streams;
    private final ActionSource actions;
    private final RunLimits limits;
    private final InstantSource clock;
    private final ConcurrentMap<RunId, ActiveRun> active = new ConcurrentHashMap<>();
    private final ConcurrentMap<Principal, AtomicInteger> perPrincipal = new ConcurrentHashMap<>();
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch claimerEnded = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean draining;

    /// What the workers drive runs with.
    public record Parts(
            RunJournal journal,
            RunReads reads,
            LiveRunStreams streams,
            ActionSource actions,
            RunLimits limits,
            InstantSource clock) {}

    RunWorkers(Parts parts, RunLoop loop, RunFinisher finisher) {
        this.journal = parts.journal();
        this.streams = parts.streams();
        this.actions = parts.actions();
        this.limits = parts.limits();
        this.clock = parts.clock();
        this.loop = loop;
        this.finisher = finisher;
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("run-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /// Takes up what an earlier process left behind, and begins to work.
    public void start() {
        journal.expireLeases();
        every(limits.deltaFlushInterval(), new DeltaLog(streams, journal));
        every(limits.lease().dividedBy(RENEWALS_PER_LEASE), this::renew);
        every(TICK, this::wake);
        every(FORGET, () -> journal.forget(clock.instant().minus(limits.eventRetention())));
        Thread.ofVirtual().name("run-claimer").start(this::claimAll);
        wake();
    }

    /// Something may be ready to be claimed.
    void wake() {
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
        AtomicInteger count = perPrincipal.get(principal);
        return count == null ? 0 : count.get();
    }

    /// The run of this process that is under way on a thread.
    Optional<RunId> activeOn(ThreadId threadId) {
        return active.values().stream()
                .map(run -> run.spec())
                .filter(spec -> spec.threadId().equals(threadId))
                .map(RunSpec::id)
                .findAny();
    }

    /// Tells a run of this process to stop, if it is here.
    void stop(RunId runId, StopReason reason) {
        ActiveRun run = active.get(runId);
        if (run != null) {
            run.stop(reason);
        }
    }

    /// Drives a claimed run.
    ///
    /// @param accepted the run's first events if it was claimed as it was accepted, else empty
    void launch(Claim claim, List<SequencedEvent> accepted) {
        ActiveRun run = new ActiveRun(claim, streams.open(claim, accepted));
        active.put(claim.run().id(), run);
        perPrincipal
                .computeIfAbsent(run.spec().principal(), _ -> new AtomicInteger())
                .incrementAndGet();
        Thread.ofVirtual().name(claim.run().id().value()).start(() -> drive(run));
    }

    /// Takes no more runs, waits for those under way, and gives back those that are not done in
    /// time. On return no run is driven any more.
    public void drain(Duration patience) throws InterruptedException {
        draining = true;
        wake();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!active.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        active.values().forEach(run -> run.stop(StopReason.SERVICE_STOPPING));
        long handOver = System.nanoTime() + TICK.toNanos();
        while (!active.isEmpty() && System.nanoTime() < handOver) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        claimerEnded.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
        streams.feeds().forEach(waiting -> streams.close(waiting, RunReader.End.SERVICE_STOPPING));
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
                claimWhatIsReady();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            claimerEnded.countDown();
        }
    }

    private void claimWhatIsReady() {
        try {
            journal.expireQueued(clock.instant())
                    .forEach(it -> streams.endedInQueue(it.run().id(), it.events()));
            while (!draining && active.size() < limits.maxActive()) {
                Claim claim = journal.claim(owner, limits.lease()).orElse(null);
                if (claim == null) {
                    return;
                }
                launch(claim, List.of());
            }
        } catch (StoreUnavailableException e) {
            LOG.warn("The store is not available; runs wait", e);
        }
    }

    private void drive(ActiveRun run) {
        RunSpec spec = run.spec();
        MDC.put("correlation_id", spec.correlationId().value());
        MDC.put("run_id", spec.id().value());
        MDC.put("thread_id", spec.threadId().value());
        Future<?> deadline =
                timer.schedule(
                        () -> run.stop(StopReason.EXPIRED),
                        Math.max(0, spec.deadline().toEpochMilli() - clock.millis()),
                        TimeUnit.MILLISECONDS);
        try {
            end(run);
        } catch (FencedException e) {
            LOG.warn("{} was taken over by another owner", spec.id());
            streams.close(run.feed(), RunReader.End.INTERRUPTED);
        } catch (RuntimeException e) {
            LOG.error("{} waits: its end could not be stored", spec.id(), e);
            streams.close(run.feed(), RunReader.End.INTERRUPTED);
        } catch (InterruptedException e) {
            streams.close(run.feed(), RunReader.End.INTERRUPTED);
            Thread.currentThread().interrupt();
        } finally {
            deadline.cancel(false);
            run.cancelToken().cancel();
            forget(run);
            MDC.clear();
        }
    }

    private void forget(ActiveRun run) {
        active.remove(run.spec().id(), run);
        perPrincipal.computeIfPresent(
                run.spec().principal(), (_, count) -> count.decrementAndGet() == 0 ? null : count);
        wake();
    }

    /// Every way a run's loop can end leads to the run's last event, or to its next owner.
    private void end(ActiveRun run) throws InterruptedException {
        try (CatalogLease lease = actions.lease(run.claim().packDigests())) {
            if (run.claim().attempt() > limits.maxAttempts()) {
                finisher.finish(run, RunEnding.failed(recoveryExhausted()));
            } else {
                loop.run(run, lease.catalog());
            }
        } catch (StoppedException e) {
            stopped(run, e.reason());
        } catch (ModelException e) {
            LOG.warn("OpenAI create run failed: {}", e.getMessage());
            finisher.finish(
                    run, RunEnding.failed(ModelFailures.error(e, run.spec().correlationId())));
        } catch (FencedException | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} failed", run.spec().id(), e);
            finisher.finish(run, RunEnding.failed(internal()));
        }
    }

    private void stopped(ActiveRun run, StopReason reason) {
        switch (reason) {
            case CANCELLED -> finisher.finish(run, RunEnding.CANCELLED);
            case EXPIRED -> finisher.finish(run, RunEnding.EXPIRED);
            case LOST -> streams.close(run.feed(), RunReader.End.INTERRUPTED);
            case SERVICE_STOPPING -> {
                journal.release(run.lease());
                streams.close(run.feed(), RunReader.End.SERVICE_STOPPING);
            }
        }
    }

    private void renew() {
        List<Lease> held = new ArrayList<>();
        active.values().forEach(run -> held.add(run.lease()));
        if (!held.isEmpty()) {
            journal.renew(held, limits.lease())
                    .forEach(lost -> stop(lost.runId(), StopReason.LOST));
        }
    }

    private void every(Duration interval, Runnable task) {
        // A task that fails goes on, so its future never tells of a failure.
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> survive(task),
                        interval.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// A periodic task that throws would never run again.
    private static void survive(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("A periodic task failed; it is tried again", e);
        }
    }

    private static RunError recoveryExhausted() {
        return new RunError(
                RunError.Code.SERVER_ERROR,
                "The run was taken up too often",
                "recovery_exhausted",
                null);
    }

    private static RunError internal() {
        return new RunError(RunError.Code.SERVER_ERROR, "Internal error", "internal", null);
    }
}
