package org.assistantservice.run;

import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;

/// A store with nothing in it.
class NoReads implements RunReads {
    @Override
    public Optional<Run> run(Principal principal, RunId id) {
        return Optional.empty();
    }

    @Override
    public Page<Run> runs(Principal principal, ThreadId threadId, PageRequest page) {
        return new Page<>(List.of(), false);
    }

    @Override
    public Page<RunStep> steps(Principal principal, RunId runId, PageRequest page) {
        return new Page<>(List.of(), false);
    }

    @Override
    public List<SequencedEvent> events(RunId runId, RunCursor after, int limit) {
        return List.of();
    }

    @Override
    public Optional<RunCursor> lastStored(RunId runId) {
        return Optional.empty();
    }

    @Override
    public List<Message> history(Run run, HistoryWindow window) {
        return List.of();
    }
}
