package org.assistantservice.protocol.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assistantservice.identity.MessageId;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Waits for a run's end on behalf of a JSON caller and keeps the messages it wrote. A message
/// counts once it is finished and stored, which it is together with the calls that follow it or
/// with the run's end: what a crash cut off before that and is written again counts once.
final class ReplyReader implements RunReader {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Map<MessageId, List<String>> messages = new LinkedHashMap<>();
    private final Map<MessageId, List<String>> unstored = new LinkedHashMap<>();
    private @Nullable Run ended;
    private boolean hasCalled;

    /// Completed when the run is over, when the service stops, or when the stream breaks off.
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
            note(event.event());
        }
    }

    @Override
    public void onEnd(End end) {
        Run run = ended;
        outcome.complete(
                switch (end) {
                    case RUN_OVER -> run == null ? new Broken() : new Over(run, texts(), hasCalled);
                    case SERVICE_STOPPING -> new Stopping();
                    case INTERRUPTED -> new Broken();
                });
    }

    private void note(RunEvent event) {
        switch (event) {
            case RunEvent.RunChanged(var status, _, var run) -> {
                if (status.isTerminal()) {
                    ended = run;
                }
            }
            case RunEvent.MessageChanged(_, var message) -> note(message);
            case RunEvent.CallsPlanned _ -> {
                hasCalled = true;
                keep();
            }
            case RunEvent.Reset _ -> unstored.clear();
            case RunEvent.StepChanged _,
                    RunEvent.StepDelta _,
                    RunEvent.MessageDelta _,
                    RunEvent.CallsFinished _,
                    RunEvent.CallProgress _,
                    RunEvent.Metadata _ -> {}
        }
    }

    private void note(Message message) {
        if (message.status() != Message.Status.IN_PROGRESS
                && message.role() == Message.Role.ASSISTANT) {
            unstored.put(message.id(), message.content());
        }
    }

    private void keep() {
        messages.putAll(unstored);
        unstored.clear();
    }

    private List<String> texts() {
        keep();
        return messages.values().stream().flatMap(List::stream).toList();
    }

    sealed interface Outcome {}

    /// @param texts one for each block of each message of the run
    /// @param hasCalled whether the model asked for actions
    record Over(Run run, List<String> texts, boolean hasCalled) implements Outcome {
        Over {
            texts = List.copyOf(texts);
        }
    }

    record Stopping() implements Outcome {}

    record Broken() implements Outcome {}
}
