package org.assistantservice.run;

import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.CallId;
import org.jspecify.annotations.Nullable;

/// One call of a round.
///
/// @param index position among the calls of its step, from 0
/// @param name the name the model used
/// @param action what runs, or null if the name means nothing to this assistant
/// @param effect what a crash between start and result means; `ONCE` where nothing is known
/// @param argumentsJson the model's text as it came
/// @param extraJson what the provider wants back with the call, or null
/// @param output text for the model, or null while there is none
public record ToolCall(
        CallId id,
        int index,
        String name,
        @Nullable ActionRef action,
        Effect effect,
        String argumentsJson,
        @Nullable String extraJson,
        State state,
        @Nullable String output) {

    public ToolCall ended(State end, String text) {
        return new ToolCall(id, index, name, action, effect, argumentsJson, extraJson, end, text);
    }

    public ToolCall started() {
        return new ToolCall(
                id, index, name, action, effect, argumentsJson, extraJson, State.STARTED, null);
    }

    public enum State {
        PLANNED,
        AWAITING_APPROVAL,
        APPROVED,
        REJECTED,
        STARTED,
        DONE,
        FAILED,
        /// Started, then cut off: whether it happened is not known, and nobody may claim to know.
        UNKNOWN;

        public boolean isEnded() {
            return this == REJECTED || this == DONE || this == FAILED || this == UNKNOWN;
        }
    }
}
