package org.assistantservice.model;

import java.util.List;

/// One message of the context sent to a model.
public sealed interface ModelMessage {
    record User(String text) implements ModelMessage {}

    /// What the model said before; `calls` may be empty, and so may `text` when it made calls.
    record Assistant(String text, List<ModelToolCall> calls) implements ModelMessage {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /// The result of a call of the assistant message before.
    record ToolResult(String callId, String name, String output) implements ModelMessage {}
}
