package org.assistantservice.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;
import org.jspecify.annotations.Nullable;

/// What a run was asked to do; fixed when it is accepted.
///
/// @param assistantVersion the configuration it runs with, however the assistant changes meanwhile
/// @param model requested model name
/// @param instructions the whole system prompt; may be empty
/// @param deadline when it ends as expired at the latest
/// @param historyWindow how many messages of the thread the model sees, its own included; null for
///   the service's default
/// @param ephemeral leaves no trace after its end, and is cancelled if found at start
public record RunSpec(
        RunId id,
        ThreadId threadId,
        AssistantId assistantId,
        String assistantVersion,
        Principal principal,
        CorrelationId correlationId,
        String model,
        String instructions,
        List<ToolSpec> tools,
        Sampling sampling,
        RoundCap roundCap,
        @Nullable Integer historyWindow,
        boolean ephemeral,
        Map<String, String> metadata,
        Instant createdAt,
        Instant deadline) {

    public RunSpec {
        tools = List.copyOf(tools);
        metadata = Map.copyOf(metadata);
    }
}
