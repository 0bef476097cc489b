package org.assistantservice.dispatch;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The platform threads of one pack version: bounded, so that one pack cannot starve another, and
/// counted, so that a pack whose calls ignore their deadline is quarantined. Thread-safe.
///
/// A call that was given up (out of time, or cancelled) is interrupted. One that does not leave its
/// thread at once keeps it from other calls, and counts as abandoned until it does.
public final class ActionPool implements AutoCloseable {
    private static final int MAX_WAITING = 1_024;
    private static final int PRIORITY = Thread.NORM_PRIORITY - 2;
    private static final long IDLE_SECONDS = 30;

    private final String pack;
    private final int maxAbandoned;
    private final ThreadPoolExecutor threads;
    private final Set<PoolCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger givenUp = new AtomicInteger();

    /// @param pack name for threads and messages
    /// @param threads how many calls run at once
    /// @param maxAbandoned how many calls may outlive their deadline before the pack is quarantined
    public ActionPool(String pack, int threads, int maxAbandoned) {
        this.pack = pack;
        this.maxAbandoned = Math.min(maxAbandoned, threads);
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MAX_WAITING),
                        threadsOf(pack));
        this.threads.allowCoreThreadTimeOut(true);
    }

    public String pack() {
        return pack;
    }

    /// Whether too many calls of this pack version ignored their deadline and are still running; it
    /// takes no calls then. It takes calls again when enough of them have ended.
    public boolean isQuarantined() {
        return givenUp.get() >= maxAbandoned && abandoned() >= maxAbandoned;
    }

    /// How many calls were given up and did not leave their threads.
    public int abandoned() {
        return (int) calls.stream().filter(PoolCall::isAbandoned).count();
    }

    /// How many calls run at once.
    int size() {
        return threads.getMaximumPoolSize();
    }

    /// Runs `work` as soon as a thread is free.
    ///
    /// @throws RejectedExecutionException if too many calls wait, or the pool is closed
    PoolCall submit(Callable<String> work) {
        PoolCall call = new PoolCall(this, work);
        calls.add(call);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            calls.remove(call);
            throw e;
        }
        return call;
    }

    void gaveUp() {
        givenUp.incrementAndGet();
    }

    void neverStarted(PoolCall call) {
        threads.remove(call);
        calls.remove(call);
    }

    void ended(PoolCall call, boolean wasGivenUp) {
        if (wasGivenUp) {
            givenUp.decrementAndGet();
        }
        calls.remove(call);
    }

    /// Takes no more calls, gives up those that wait and interrupts those under way. Returns at
    /// once; a call that ignores its interrupt keeps its thread.
    @Override
    public void close() {
        threads.shutdown();
        calls.forEach(PoolCall::giveUp);
    }

    @SuppressWarnings("ThreadPriorityCheck") // an action that spins must not starve the service
    private static ThreadFactory threadsOf(String pack) {
        return Thread.ofPlatform()
                .name("pack-" + pack + "-", 1)
                .daemon()
                .priority(PRIORITY)
                .inheritInheritableThreadLocals(false)
                .factory();
    }
}
