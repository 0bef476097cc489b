package org.assistantservice.server;

/// WebSockets of one protocol that pages from anywhere may open, because its clients do. Nothing
/// that a browser adds by itself, such as a cookie, lets anybody in here: where there are keys, a
/// page needs one. Other requests to the same path may belong to another protocol and are not
/// meant.
public interface OpenSockets {
    /// The paths, e.g. `/chat`.
    Iterable<String> paths();
}
