package org.assistantservice.protocol.brainstorm;

import java.util.Optional;
import org.assistantservice.run.ToolCall;
import org.assistantservice.server.StrictJson;

/// The idea in a call of the action `save_idea(text)`.
final class SavedIdea {
    private static final String ACTION = "save_idea";

    private SavedIdea() {}

    /// The idea that the call has saved; empty for a call that has not, or of another action.
    static Optional<String> of(ToolCall call) {
        if (!call.name().equals(ACTION) || call.state() != ToolCall.State.DONE) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    StrictJson.parse(call.argumentsJson()).path("text").stringValue(null));
        } catch (StrictJson.Malformed e) {
            // Whatever the action took from it, there is no text in it that we could show.
            return Optional.empty();
        }
    }
}
