package org.assistantservice.thread;

/// A client's own name for a thread.
///
/// @param space whose names these are, e.g. the name of a protocol
/// @param name as the client chose it, not empty
public record ThreadAlias(String space, String name) {}
