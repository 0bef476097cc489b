package org.assistantservice.model;

import org.jspecify.annotations.Nullable;

/// A tool call as the model made it.
///
/// @param id unique within the turn
/// @param argumentsJson the model's text; may be empty or no JSON at all
/// @param extraJson what a provider wants back unchanged with the call (e.g. a thought signature),
///   as a JSON object, or null
public record ModelToolCall(
        String id, String name, String argumentsJson, @Nullable String extraJson) {}
