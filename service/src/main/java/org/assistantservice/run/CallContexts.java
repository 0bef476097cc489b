package org.assistantservice.run;

import org.assistantservice.dispatch.CallContext;
import org.assistantservice.identity.StepId;

/// What an action is told of the run it is called for.
final class CallContexts {
    private CallContexts() {}

    static CallContext of(ActiveRun active, StepId step, ToolCall call, CallProgressFeed progress) {
        RunSpec spec = active.spec();
        CallContext context =
                new CallContext(
                        spec.id(),
                        spec.threadId(),
                        call.id(),
                        spec.correlationId(),
                        spec.principal(),
                        spec.id() + "/" + step + "/" + call.index(),
                        spec.deadline(),
                        active.claim().assistant().scope(),
                        active.cancelToken(),
                        progress::report);
        return spec.ephemeral() ? context.leavingNoTrace() : context;
    }
}
