package org.assistantservice.dispatch;

/// For which assistant an action is called. Actions that take settings have one instance for each
/// pack version and scope.
///
/// @param assistantId id of the assistant
/// @param version version of its configuration
/// @param settingsJson the `settings` object of its configuration, placeholders not yet resolved
public record AssistantScope(String assistantId, String version, String settingsJson) {}
