package org.assistantservice.run;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;

/// The runs that this process drives. Thread-safe.
final class ActiveRuns {
    private final ConcurrentMap<RunId, ActiveRun> runs = new ConcurrentHashMap<>();
    private final ConcurrentMap<Principal, Integer> perPrincipal = new ConcurrentHashMap<>();

    /// The latest run of each thread: the next one may be added before the one before it has left.
    private final ConcurrentMap<ThreadId, ActiveRun> perThread = new ConcurrentHashMap<>();

    /// Stops of runs that were claimed, but not added yet when they were told to stop.
    private final ConcurrentMap<RunId, Early> earlyStops = new ConcurrentHashMap<>();

    private record Early(StopReason reason, long nanos) {}

    /// A stop that came before the run takes effect now.
    void add(ActiveRun run) {
        RunId id = run.spec().id();
        runs.put(id, run);
        perThread.put(run.spec().threadId(), run);
        perPrincipal.merge(run.spec().principal(), 1, Integer::sum);
        Early early = earlyStops.remove(id);
        if (early != null) {
            run.stop(early.reason());
        }
    }

    void remove(ActiveRun run) {
        perThread.remove(run.spec().threadId(), run);
        if (runs.remove(run.spec().id(), run)) {
            perPrincipal.computeIfPresent(
                    run.spec().principal(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Tells a run to stop, also one that is about to be added.
    void stop(RunId id, StopReason reason) {
        earlyStops.put(id, new Early(reason, System.nanoTime()));
        ActiveRun run = runs.get(id);
        if (run != null) {
            earlyStops.remove(id);
            run.stop(reason);
        }
    }

    void stopAll(StopReason reason) {
        runs.values().forEach(run -> run.stop(reason));
    }

    /// Forgets stops for runs that never came, because they ended elsewhere.
    void forgetStopsBefore(long nanos) {
        earlyStops.values().removeIf(early -> early.nanos() - nanos < 0);
    }

    boolean has(RunId id) {
        return runs.containsKey(id);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    int size() {
        return runs.size();
    }

    int count(Principal principal) {
        return perPrincipal.getOrDefault(principal, 0);
    }

    Collection<ActiveRun> all() {
        return List.copyOf(runs.values());
    }

    /// The run under way on a thread; asked for every message, so it takes no longer with many
    /// runs.
    Optional<RunId> on(ThreadId threadId) {
        return Optional.ofNullable(perThread.get(threadId)).map(run -> run.spec().id());
    }
}
