package org.assistantservice.app.rehearsal;

import org.assistantservice.actions.Action;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// The one action of the rehearsal. Thread-safe.
public final class RehearsedAction {
    /// Bare name of the action.
    public static final String NAME = "rehearse";

    @Action(name = NAME, description = "Says a line again.", effect = Effect.READ_ONLY)
    public String rehearse(@Param("The line, e.g. To be") String line) {
        return line;
    }
}
