package org.assistantservice.assistant;

/// One document of an [AssistantStore].
public sealed interface StoredConfig {
    /// Unique within the store: the assistant's id for what the service wrote, else the file's or
    /// object's name without folder and `.json`.
    String name();

    /// Changes whenever the content changes; opaque.
    String generation();

    /// A document that is text.
    ///
    /// @param json not yet parsed
    record Content(String name, String generation, String json) implements StoredConfig {}

    /// A document that is there, but cannot be read.
    ///
    /// @param reason for the operator, e.g. `is not valid UTF-8`
    record Unreadable(String name, String generation, String reason) implements StoredConfig {}
}
