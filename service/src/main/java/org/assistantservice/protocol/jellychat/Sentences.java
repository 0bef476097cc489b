package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.run.AssistantTools;
import org.assistantservice.run.ToolCall;

/// What users read while an action runs. Thread-safe; never fails.
@Singleton
final class Sentences {
    private final AssistantTools tools;

    Sentences(AssistantTools tools) {
        this.tools = tools;
    }

    /// The action's own sentence; for a name that means nothing, `Running <Title Case Name>`.
    String of(ToolCall call) {
        return tools.action(call)
                .map(ActionDefinition::notice)
                .orElseGet(() -> "Running " + titleCase(call.name()));
    }

    private static String titleCase(String name) {
        return Arrays.stream(name.split("_+"))
                .filter(part -> !part.isEmpty())
                .map(part ->
                        part.substring(0, 1).toUpperCase(Locale.ROOT)
                                + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
