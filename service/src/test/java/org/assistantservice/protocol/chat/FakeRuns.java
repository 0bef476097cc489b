package org.assistantservice.protocol.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.Runs;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.jspecify.annotations.Nullable;

/// Accepts every message as a run that plays a script, or that waits for the test to play it.
final class FakeRuns implements Runs, RunStreams, RunReads {
    final List<RunRequest> requests = new CopyOnWriteArrayList<>();
    final List<RunId> cancelled = new CopyOnWriteArrayList<>();
    private final BlockingQueue<FakeRun> accepted = new LinkedBlockingQueue<>();
    private final Map<RunId, FakeRun> runs = new ConcurrentHashMap<>();
    private volatile Function<Run, List<RunEvent>> script = _ -> List.of();
    private volatile @Nullable RuntimeException refusal;

    /// What the next runs do as soon as they are accepted.
    void script(Function<Run, List<RunEvent>> events) {
        script = events;
    }

    void refuse(@Nullable RuntimeException thrown) {
        refusal = thrown;
    }

    FakeRun next() throws InterruptedException {
        return Objects.requireNonNull(
                accepted.poll(10, TimeUnit.SECONDS), "No run was accepted within 10 s");
    }

    FakeRun add(Run run) {
        FakeRun added = new FakeRun(run);
        runs.put(run.id(), added);
        return added;
    }

    @Override
    public AcceptedRun accept(RunRequest request) {
        RuntimeException thrown = refusal;
        if (thrown != null) {
            throw thrown;
        }
        requests.add(request);
        ThreadId given = request.threadId();
        FakeRun run =
                add(
                        Samples.queuedRun(
                                given == null ? ThreadId.random() : given,
                                request.principal(),
                                request.correlationId()));
        run.play(script.apply(run.run));
        accepted.add(run);
        return new AcceptedRun(run.run, false);
    }

    @Override
    public Run cancel(Principal principal, RunId runId) {
        FakeRun run = found(principal, runId);
        cancelled.add(runId);
        return Samples.in(run.run, RunStatus.CANCELLING);
    }

    @Override
    public Subscription subscribe(Principal principal, RunCursor after, RunReader reader) {
        FakeRun run = found(principal, after.runId());
        if (!run.hasReached(after)) {
            throw new RunException(RunErrorCode.INVALID_CURSOR, "Never reached");
        }
        return run.join(after, reader)::run;
    }

    @Override
    public boolean hasReader(RunId runId) {
        FakeRun run = runs.get(runId);
        return run != null && run.readers() > 0;
    }

    @Override
    public Optional<Run> run(Principal principal, RunId id) {
        return Optional.ofNullable(runs.get(id))
                .map(it -> it.run)
                .filter(it -> it.spec().principal().equals(principal));
    }

    @Override
    public Page<Run> runs(Principal principal, ThreadId threadId, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<RunStep> steps(Principal principal, RunId runId, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SequencedEvent> events(RunId runId, RunCursor after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RunCursor> lastStored(RunId runId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Message> history(Run run, HistoryWindow window) {
        throw new UnsupportedOperationException();
    }

    private FakeRun found(Principal principal, RunId runId) {
        FakeRun run = runs.get(runId);
        if (run == null || !run.run.spec().principal().equals(principal)) {
            throw new RunException(RunErrorCode.RUN_NOT_FOUND, "No run " + runId);
        }
        return run;
    }
}
