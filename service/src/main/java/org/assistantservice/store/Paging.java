package org.assistantservice.store;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.UnknownCursorException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Parts of a list that is ordered by a sequence number.
///
/// With `before` alone the page is the one that ends just before that item, and `hasMore` says
/// whether there are items before the page. A cursor that was never an item of the list is refused
/// with [UnknownCursorException].
///
/// @param select SQL up to and including a `WHERE` condition
/// @param seq name of the sequence's column
/// @param bindings binds the parameters of `select`
/// @param placeOf the sequence number of an item, deleted ones included; empty if there is none
record Paging<T>(
        String select,
        String seq,
        Function<Query, Query> bindings,
        Function<String, OptionalLong> placeOf,
        RowMapper<T> mapper) {

    Page<T> read(Handle handle, PageRequest page) {
        OptionalLong after = place(page.after());
        OptionalLong before = place(page.before());
        boolean isBackwards = page.before() != null && page.after() == null;
        boolean isDescending = page.newestFirst() != isBackwards;
        OptionalLong low = page.newestFirst() ? before : after;
        OptionalLong high = page.newestFirst() ? after : before;
        Query query =
                bindings.apply(handle.createQuery(sql(isDescending)))
                        .bind("low", low.orElse(Long.MIN_VALUE))
                        .bind("high", high.orElse(Long.MAX_VALUE))
                        .bind("count", page.limit() + 1);
        List<T> found = query.map(mapper).list();
        boolean hasMore = found.size() > page.limit();
        List<T> kept = hasMore ? found.subList(0, page.limit()) : found;
        return new Page<>(isBackwards ? kept.reversed() : kept, hasMore);
    }

    private String sql(boolean isDescending) {
        return "%s AND %s > :low AND %s < :high ORDER BY %s %s LIMIT :count"
                .formatted(select, seq, seq, seq, isDescending ? "DESC" : "ASC");
    }

    private OptionalLong place(@Nullable String id) {
        if (id == null) {
            return OptionalLong.empty();
        }
        OptionalLong place = placeOf.apply(id);
        if (place.isEmpty()) {
            throw new UnknownCursorException(id);
        }
        return place;
    }
}
