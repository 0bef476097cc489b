package org.assistantservice.thread;

import java.util.List;

/// One part of a list.
///
/// @param data in the requested order
/// @param hasMore whether items follow in the requested order; for a page before an id, whether
///   items precede it
public record Page<T>(List<T> data, boolean hasMore) {
    public Page {
        data = List.copyOf(data);
    }
}
