package org.assistantservice.scripts.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.assistantservice.scripts.chat.TurnEvent.ActionsAsked;
import org.assistantservice.scripts.chat.TurnEvent.ActionsDone;
import org.assistantservice.scripts.chat.TurnEvent.Asked;
import org.assistantservice.scripts.chat.TurnEvent.Discarded;
import org.assistantservice.scripts.chat.TurnEvent.Done;
import org.assistantservice.scripts.chat.TurnEvent.Frame;
import org.assistantservice.scripts.chat.TurnEvent.NextMessage;
import org.assistantservice.scripts.chat.TurnEvent.RunSeen;
import org.assistantservice.scripts.chat.TurnEvent.Text;

/// What an answer has come to so far. The run's id may be read from any thread, the rest by the one
/// that writes.
final class Answer {
    private final LongSupplier nanoTime;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final List<ActionCalled> actions = new ArrayList<>();
    private long askedAt;
    private volatile String runId = "";

    /// @param nanoTime clock for how long actions take
    Answer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Adds an event.
    ///
    /// @return the actions that it finished
    List<ActionCalled> add(TurnEvent event) {
        switch (event) {
            case Frame _ -> {
                // Its meaning follows.
            }
            case RunSeen(String id) -> runId = id;
            case Text(String piece) -> text.append(piece);
            case NextMessage _ -> text.append('\n');
            case Discarded _ -> text.setLength(0);
            case ActionsAsked(List<Asked> calls) -> {
                askedAt = nanoTime.getAsLong();
                calls.forEach(call -> asked.put(call.callId(), call));
            }
            case ActionsDone(List<Done> calls) -> {
                List<ActionCalled> finished = calls.stream().map(this::finished).toList();
                actions.addAll(finished);
                return finished;
            }
        }
        return List.of();
    }

    String text() {
        return text.toString();
    }

    /// The run that answers; empty until it is known.
    String runId() {
        return runId;
    }

    List<ActionCalled> actions() {
        return List.copyOf(actions);
    }

    private ActionCalled finished(Done call) {
        Asked question = asked.remove(call.callId());
        return new ActionCalled(
                call.callId(),
                call.name(),
                question == null ? "" : question.argumentsJson(),
                call.output(),
                question == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((nanoTime.getAsLong() - askedAt) / 1e9));
    }

    /// @param seconds from the question to the result as this client saw them; empty if it did not
    ///   see both
    record ActionCalled(
            String callId,
            String name,
            String argumentsJson,
            String output,
            OptionalDouble seconds) {}
}
