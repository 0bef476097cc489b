package org.assistantservice.protocol.openai;

import java.util.List;
import java.util.function.Function;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.UnknownCursorException;

/// Pages of a list that is in memory as a whole.
///
/// @param oldestFirst all items
/// @param id of an item
record ListedPages<T>(List<T> oldestFirst, Function<T, String> id) {
    /// The items right after `after`, or the last ones before `before`.
    ///
    /// @throws UnknownCursorException if the list has no item with that id
    Page<T> page(PageRequest request) {
        List<T> items = request.newestFirst() ? oldestFirst.reversed() : oldestFirst;
        String after = request.after();
        String before = request.before();
        if (before != null) {
            int to = position(items, before);
            int from = Math.max(0, to - request.limit());
            return new Page<>(items.subList(from, to), from > 0);
        }
        int from = after == null ? 0 : position(items, after) + 1;
        int to = Math.min(items.size(), from + request.limit());
        return new Page<>(items.subList(from, to), to < items.size());
    }

    private int position(List<T> items, String wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (id.apply(items.get(i)).equals(wanted)) {
                return i;
            }
        }
        throw new UnknownCursorException(wanted);
    }
}
