package org.assistantservice.scripts.chat;

import java.util.List;

/// What a reader is shown of an answer under way.
sealed interface TurnEvent {
    /// A frame as it came, before what it means.
    ///
    /// @param json `{"event":…,"data":…}`
    record Frame(String json) implements TurnEvent {}

    /// The run that answers; may be told more than once.
    record RunSeen(String runId) implements TurnEvent {}

    /// The next piece of the answer.
    record Text(String text) implements TurnEvent {}

    /// Another message of the same answer begins.
    record NextMessage() implements TurnEvent {}

    record ActionsAsked(List<Asked> calls) implements TurnEvent {
        public ActionsAsked {
            calls = List.copyOf(calls);
        }
    }

    record ActionsDone(List<Done> calls) implements TurnEvent {
        public ActionsDone {
            calls = List.copyOf(calls);
        }
    }

    /// The text so far is void: the answer is being made again.
    record Discarded() implements TurnEvent {}

    record Asked(String callId, String name, String argumentsJson) {}

    record Done(String callId, String name, String output) {}
}
