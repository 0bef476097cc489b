package org.assistantservice.assistant;

/// A function as a configuration defines it by hand, in place of the generated one.
///
/// @param name 1 to 64 characters of `[A-Za-z0-9_-]`
/// @param parametersJson JSON Schema of the arguments object
public record FunctionSchema(
        String name, String description, String parametersJson, boolean strict) {}
