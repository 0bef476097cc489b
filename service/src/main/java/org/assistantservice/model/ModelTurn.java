package org.assistantservice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A complete turn of the model. It wants tools if `calls` is not empty, whatever the finish
/// reason.
///
/// @param text the whole text; may be empty
/// @param calls tool calls in order
/// @param usage tokens used, or null if the server did not say
public record ModelTurn(
        String text, List<ModelToolCall> calls, FinishReason finishReason, @Nullable Usage usage) {

    public ModelTurn {
        calls = List.copyOf(calls);
    }

    public enum FinishReason {
        /// The model was done, or wants its tools called.
        DONE,
        /// Cut off at the token limit.
        LENGTH,
        /// Cut off by the provider's content filter.
        CONTENT_FILTER
    }
}
