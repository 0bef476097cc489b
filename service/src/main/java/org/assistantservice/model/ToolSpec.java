package org.assistantservice.model;

/// A function offered to the model.
///
/// @param parametersJson JSON Schema of the arguments object
public record ToolSpec(String name, String description, String parametersJson, boolean strict) {}
