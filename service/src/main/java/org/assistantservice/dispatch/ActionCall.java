package org.assistantservice.dispatch;

import org.assistantservice.identity.CallId;

/// The model's request to run one action.
///
/// @param id the call's id; its result carries the same id
/// @param name the name the model used, not yet known to exist
/// @param argumentsJson the model's text, not yet known to be JSON, e.g. `{"location": "Paris"}`
public record ActionCall(CallId id, String name, String argumentsJson) {}
