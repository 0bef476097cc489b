package org.assistantservice.protocol.openai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;

/// Runs in memory.
final class FakeRuns implements RunReads {
    private final FakeList<Run> runs = new FakeList<>(run -> run.id().value());
    private final Map<RunId, FakeList<RunStep>> steps = new HashMap<>();

    void add(Run run) {
        runs.add(run);
    }

    void add(RunStep step) {
        stepsOf(step.runId()).add(step);
    }

    private FakeList<RunStep> stepsOf(RunId id) {
        return steps.computeIfAbsent(id, _ -> new FakeList<>(step -> step.id().value()));
    }

    @Override
    public Optional<Run> run(Principal principal, RunId id) {
        return runs.present().stream()
                .filter(run -> run.id().equals(id) && run.spec().principal().equals(principal))
                .findAny();
    }

    @Override
    public Page<Run> runs(Principal principal, ThreadId threadId, PageRequest page) {
        return runs.page(page, run -> run.threadId().equals(threadId));
    }

    @Override
    public Page<RunStep> steps(Principal principal, RunId runId, PageRequest page) {
        return stepsOf(runId).page(page, _ -> true);
    }

    @Override
    public List<SequencedEvent> events(RunId runId, RunCursor after, int limit) {
        throw new AssertionError("Not needed to read");
    }

    @Override
    public List<Message> history(Run run, HistoryWindow window) {
        throw new AssertionError("Not needed to read");
    }

    @Override
    public Optional<RunCursor> lastStored(RunId runId) {
        throw new AssertionError("Not needed to read");
    }
}
