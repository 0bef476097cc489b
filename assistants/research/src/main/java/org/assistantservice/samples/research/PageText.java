package org.assistantservice.samples.research;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/// What became of one page: its text, or why there is none.
@JsonPropertyOrder({"url", "content", "error"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record PageText(String url, @Nullable String content, @Nullable String error) {
    static PageText of(String url, String content) {
        return new PageText(url, content, null);
    }

    static PageText failed(String url, String error) {
        return new PageText(url, null, error);
    }
}
