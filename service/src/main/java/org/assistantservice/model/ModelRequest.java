package org.assistantservice.model;

import java.util.List;
import org.assistantservice.identity.CorrelationId;

/// What to ask a model.
///
/// @param model the requested name; an alias map may send another one
/// @param instructions the system prompt; may be empty
/// @param messages oldest first; the last one is what the model answers
/// @param tools functions the model may call; the same list instance may be sent many times, so
///   that a client can keep its encoded form
/// @param correlationId for logs only
public record ModelRequest(
        String model,
        String instructions,
        List<ModelMessage> messages,
        List<ToolSpec> tools,
        Sampling sampling,
        CorrelationId correlationId) {

    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
