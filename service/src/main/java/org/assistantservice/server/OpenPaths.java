package org.assistantservice.server;

/// The paths that pages from everywhere may call. A bean of this type, one for each protocol that
/// has such paths, makes every response on them say so. Callers are told apart by keys, never by
/// cookies, so nothing is given away with that.
public interface OpenPaths {
    /// E.g. `/images`: that path itself and all below it.
    Iterable<String> prefixes();
}
