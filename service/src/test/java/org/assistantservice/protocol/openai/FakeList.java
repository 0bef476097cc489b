package org.assistantservice.protocol.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.UnknownCursorException;

/// A list that pages as the port demands; a deleted item keeps its place for cursors.
final class FakeList<T> {
    private final Function<T, String> id;
    private final List<T> items = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();

    FakeList(Function<T, String> id) {
        this.id = id;
    }

    void add(T item) {
        items.add(item);
    }

    void delete(String itemId) {
        deleted.add(itemId);
    }

    Page<T> page(PageRequest request, Predicate<T> wanted) {
        List<T> ordered = request.newestFirst() ? items.reversed() : items;
        int from = request.after() == null ? 0 : position(ordered, request.after()) + 1;
        int to = request.before() == null ? ordered.size() : position(ordered, request.before());
        List<T> left =
                ordered.subList(from, to).stream()
                        .filter(item -> !deleted.contains(id.apply(item)))
                        .filter(wanted)
                        .toList();
        int size = Math.min(request.limit(), left.size());
        int start = request.before() == null ? 0 : left.size() - size;
        return new Page<>(left.subList(start, start + size), size < left.size());
    }

    List<T> present() {
        return items.stream().filter(item -> !deleted.contains(id.apply(item))).toList();
    }

    private int position(List<T> ordered, String wanted) {
        List<String> ids = ordered.stream().map(id).toList();
        if (!ids.contains(wanted)) {
            throw new UnknownCursorException(wanted);
        }
        return ids.indexOf(wanted);
    }
}
