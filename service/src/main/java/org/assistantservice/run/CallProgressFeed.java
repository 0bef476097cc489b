package org.assistantservice.run;

import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.RunEvent.CallProgress;

/// Passes an action's progress texts to the run's readers while the call lasts: a bounded number,
/// and none from a call that was given up.
final class CallProgressFeed implements AutoCloseable {
    private static final int MAX_REPORTS = 100;
    private static final int MAX_CHARACTERS = 500;

    private final RunFeed feed;
    private final RunId runId;
    private final ToolCall call;
    private final AtomicInteger left = new AtomicInteger(MAX_REPORTS);

    CallProgressFeed(RunFeed feed, RunId runId, ToolCall call) {
        this.feed = feed;
        this.runId = runId;
        this.call = call;
    }

    void report(String text) {
        if (left.getAndDecrement() > 0) {
            String shown =
                    text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
            feed.append(new CallProgress(runId, call.id(), shown));
            feed.flush();
        }
    }

    @Override
    public void close() {
        left.set(0);
    }
}
