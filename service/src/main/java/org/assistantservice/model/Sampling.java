package org.assistantservice.model;

import org.jspecify.annotations.Nullable;

/// How the model chooses its words. Null leaves the choice to the provider.
///
/// @param temperature 0 to 2
/// @param topP 0 to 1
/// @param maxCompletionTokens at least 1
/// @param toolChoiceJson `"auto"`, `"none"`, `"required"` or an object, as JSON text
/// @param responseFormatJson an object such as `{"type":"json_object"}`, as JSON text
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxCompletionTokens,
        @Nullable String toolChoiceJson,
        @Nullable String responseFormatJson,
        boolean parallelToolCalls) {
    public static final Sampling DEFAULT = new Sampling(null, null, null, null, null, true);
}
