package org.assistantservice.protocol.openai;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.UnknownCursorException;
import org.jspecify.annotations.Nullable;

/// The query of every list, as it came.
@Introspected
record ListQuery(
        @Schema(description = "1 to 100, 20 by default") @Nullable @QueryValue String limit,
        @Schema(description = "`asc` or `desc`, the default: newest first") @Nullable @QueryValue
                String order,
        @Schema(description = "Only items after this id, in the order asked for")
                @Nullable
                @QueryValue
                String after,
        @Schema(description = "Only items before this id, in the order asked for")
                @Nullable
                @QueryValue
                String before) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_DIGITS = 9;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    /// Reads the part of a list that is asked for.
    ///
    /// @param prefix of the ids in this list, without its underscore
    /// @throws OpenAiException if the query cannot be meant
    <T> Page<T> read(String prefix, Function<PageRequest, Page<T>> list) {
        PageRequest page = page(prefix);
        try {
            return list.apply(page);
        } catch (UnknownCursorException e) {
            throw refused(
                    after != null ? "after" : "before", "invalid_value", e.getMessage() + ".");
        }
    }

    private PageRequest page(String prefix) {
        if (after != null && before != null) {
            throw refused(
                    "before", "invalid_value", "Only one of 'after' and 'before' may be given.");
        }
        return new PageRequest(
                checkedLimit(),
                isNewestFirst(),
                checkedCursor("after", after, prefix),
                checkedCursor("before", before, prefix));
    }

    private int checkedLimit() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!INTEGER.matcher(limit).matches()) {
            throw refused(
                    "limit",
                    "invalid_type",
                    "Invalid type for 'limit': expected an integer, but got '%s' instead."
                            .formatted(limit));
        }
        boolean negative = limit.startsWith("-");
        int value = limit.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(limit);
        if (negative || value < 1) {
            throw refused(
                    "limit",
                    "integer_below_min_value",
                    "Invalid 'limit': integer below minimum value. Expected a value >= 1, but got %s instead."
                            .formatted(limit));
        }
        if (value > PageRequest.MAX_LIMIT) {
            throw refused(
                    "limit",
                    "integer_above_max_value",
                    "Invalid 'limit': integer above maximum value. Expected a value <= %d, but got %s instead."
                            .formatted(PageRequest.MAX_LIMIT, limit));
        }
        return value;
    }

    private boolean isNewestFirst() {
        if (order == null || order.equals("desc")) {
            return true;
        }
        if (order.equals("asc")) {
            return false;
        }
        throw refused(
                "order",
                "invalid_value",
                "Invalid value: '%s'. Supported values are: 'asc' and 'desc'.".formatted(order));
    }

    private static @Nullable String checkedCursor(
            String param, @Nullable String id, String prefix) {
        if (id != null && !id.startsWith(prefix + "_")) {
            throw new OpenAiException(OpenAiError.wrongPrefix(param, id, prefix));
        }
        return id;
    }

    private static OpenAiException refused(String param, String code, String message) {
        return new OpenAiException(OpenAiError.invalid(param, code, message));
    }
}
