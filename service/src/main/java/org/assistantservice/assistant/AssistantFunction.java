package org.assistantservice.assistant;

import org.assistantservice.dispatch.ActionRef;
import org.jspecify.annotations.Nullable;

/// One function that an assistant may call, as resolved at registration: a pack dropped in later
/// changes nothing.
///
/// @param name the name the model sees, unique within the assistant
/// @param action what runs; null for a raw definition that no code implements
/// @param override replaces the generated schema, or null
public record AssistantFunction(
        String name, @Nullable ActionRef action, @Nullable FunctionSchema override) {}
