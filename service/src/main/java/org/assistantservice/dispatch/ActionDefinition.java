package org.assistantservice.dispatch;

import java.time.Duration;
import org.assistantservice.actions.Effect;

/// What the model and the runtime know of an action.
///
/// @param ref pack and name
/// @param description one or two sentences for the model
/// @param parametersJson JSON Schema of the arguments object, e.g. `{"type":"object",…}`
/// @param strict whether the schema fulfils the rules of strict function calling
/// @param effect what may happen to a call that a crash cut off
/// @param timeout how long one call may take
/// @param notice the sentence shown to the user while the action runs
public record ActionDefinition(
        ActionRef ref,
        String description,
        String parametersJson,
        boolean strict,
        Effect effect,
        Duration timeout,
        String notice) {}
