package org.assistantservice.samples.analyst;

/// A text to one or more addresses.
///
/// @param to addresses, separated by commas
/// @param correlationId of the request that it is sent for
record Email(String to, String content, String correlationId) {}
