package org.assistantservice.protocol.commander;

import java.util.concurrent.CompletableFuture;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.SequencedEvent;
import org.jspecify.annotations.Nullable;

/// Waits for the end of a run. What the run said is in its thread by then.
final class RunEnd implements RunReader {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private @Nullable Run ended;

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /// The caller has left: nobody waits any more.
    void leave() {
        outcome.complete(new Broken());
    }

    @Override
    public void onEvents(EventBatch batch) {
        for (SequencedEvent event : batch.events()) {
            if (event.event() instanceof RunEvent.RunChanged changed
                    && changed.status().isTerminal()) {
                ended = changed.run();
            }
        }
    }

    @Override
    public void onEnd(End end) {
        Run run = ended;
        outcome.complete(
                switch (end) {
                    case RUN_OVER -> run == null ? new Broken() : new Over(run);
                    case SERVICE_STOPPING -> new Stopping();
                    case INTERRUPTED -> new Broken();
                });
    }

    sealed interface Outcome {}

    record Over(Run run) implements Outcome {}

    record Stopping() implements Outcome {}

    /// The run was lost, e.g. because its user was deleted.
    record Broken() implements Outcome {}
}
