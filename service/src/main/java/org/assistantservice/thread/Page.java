package org.assistantservice.thread;

import java.util.List;

/// One part of a list.
///
/// @param hasMore whether items follow in the requested order
public record Page<T>(List<T> data, boolean hasMore) {
    public Page {
        data = List.copyOf(data);
    }
}
