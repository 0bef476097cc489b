package org.assistantservice.thread;

import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted.
///
/// @param limit 1 to 100
/// @param newestFirst order by position in the list, never by time stamps
/// @param after only items strictly after this id in the requested order; an id that was deleted
///   continues from its former place; one that never stood in the list is refused with
///   [UnknownCursorException]
/// @param before only items strictly before this id: of those the nearest to it
public record PageRequest(
        int limit, boolean newestFirst, @Nullable String after, @Nullable String before) {
    public static final int MAX_LIMIT = 100;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit must be 1 to %d but was %d".formatted(MAX_LIMIT, limit));
        }
    }

    public static PageRequest oldestFirst(int limit) {
        return new PageRequest(limit, false, null, null);
    }
}
