package org.assistantservice.model.openai;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// What the endpoint's server understands; configured under `assistant-service.model.dialect`. The
/// defaults suit OpenAI, Azure, vLLM, Ollama and Gemini; small servers may need one of them
/// changed.
///
/// @param maxTokensField `max_completion_tokens`, or `max_tokens` for older servers
/// @param sendParallelToolCalls whether `parallel_tool_calls` may be sent (only when a request
///   forbids parallel calls; otherwise it is left out, which means the same)
/// @param sendStreamOptions whether to ask for the usage of a stream
/// @param forbidPadding whether to send `include_obfuscation: false`: OpenAI's own server pads
///   chunks unless told not to; other servers may not know the field
/// @param sendStrict whether functions with a strict schema say so
@ConfigurationProperties("assistant-service.model.dialect")
public record OpenAiDialect(
        @Bindable(defaultValue = "max_completion_tokens") String maxTokensField,
        @Bindable(defaultValue = "true") boolean sendParallelToolCalls,
        @Bindable(defaultValue = "true") boolean sendStreamOptions,
        @Bindable(defaultValue = "false") boolean forbidPadding,
        @Bindable(defaultValue = "true") boolean sendStrict) {

    /// OpenAI's own.
    public static final OpenAiDialect DEFAULT =
            new OpenAiDialect("max_completion_tokens", true, true, false, true);
}
