package org.assistantservice.run;

import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;

/// One turn of an assistant on a thread, as a snapshot.
public record Run(RunSpec spec, RunState state) {
    public RunId id() {
        return spec.id();
    }

    public ThreadId threadId() {
        return spec.threadId();
    }

    public RunStatus status() {
        return state.status();
    }

    public Run with(RunState next) {
        return new Run(spec, next);
    }
}
