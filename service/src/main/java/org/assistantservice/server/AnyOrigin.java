package org.assistantservice.server;

/// Paths of a protocol that pages of any origin may call, without credentials. A bean of this type
/// lifts the check of origins for them. Thread-safe.
@FunctionalInterface
public interface AnyOrigin {
    /// Each path itself and all below it, e.g. `/history`.
    Iterable<String> paths();

    /// Whether `path` is one of them.
    default boolean covers(String path) {
        for (String covered : paths()) {
            if (path.equals(covered) || path.startsWith(covered + "/")) {
                return true;
            }
        }
        return false;
    }
}
