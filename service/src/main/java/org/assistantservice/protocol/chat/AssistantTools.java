package org.assistantservice.protocol.chat;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantFunction;
import org.assistantservice.assistant.FunctionSchema;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.model.ToolSpec;

/// What an assistant's functions look like to a model at this moment. Thread-safe.
@Singleton
final class AssistantTools {
    private final ActionSource actions;

    AssistantTools(ActionSource actions) {
        this.actions = actions;
    }

    /// In the assistant's order; without those whose pack is missing.
    List<ToolSpec> of(Assistant assistant) {
        return assistant.functions().stream().flatMap(it -> spec(it).stream()).toList();
    }

    private Optional<ToolSpec> spec(AssistantFunction function) {
        FunctionSchema override = function.override();
        if (override != null) {
            return Optional.of(
                    new ToolSpec(
                            function.name(),
                            override.description(),
                            override.parametersJson(),
                            override.strict()));
        }
        ActionRef action = function.action();
        return Optional.ofNullable(action)
                .flatMap(it -> actions.current().find(it))
                .map(ActionInvoker::definition)
                .map(it ->
                        new ToolSpec(
                                function.name(),
                                it.description(),
                                it.parametersJson(),
                                it.strict()));
    }
}
