package org.assistantservice.run;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantFunction;
import org.assistantservice.assistant.FunctionSchema;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.model.ToolSpec;

/// The functions an assistant offers to the model, from its configuration and the packs as they are
/// now. Made once for each version of both, so that the same list instance is sent every time.
/// Thread-safe.
public final class AssistantTools {
    /// More assistants than most services have; protocols may make one for each user.
    private static final int MOST_KEPT = 1024;

    private final ActionSource actions;
    private final ConcurrentMap<AssistantId, Made> made = new ConcurrentHashMap<>();

    public AssistantTools(ActionSource actions) {
        this.actions = actions;
    }

    /// Functions in the order of the configuration; one whose action is missing now is left out.
    public List<ToolSpec> of(Assistant assistant) {
        ActionCatalog catalog = actions.current();
        Made latest = made.get(assistant.id());
        if (latest == null
                || latest.catalog.get() != catalog
                || !latest.version.equals(assistant.version())) {
            latest =
                    new Made(
                            assistant.version(),
                            new WeakReference<>(catalog),
                            specs(assistant, catalog));
            if (made.size() >= MOST_KEPT) {
                made.clear();
            }
            made.put(assistant.id(), latest);
        }
        return latest.tools;
    }

    /// The action behind a call, as it is now; empty if there is none by that name any more.
    public Optional<ActionDefinition> action(ToolCall call) {
        ActionRef action = call.action();
        return action == null
                ? Optional.empty()
                : actions.current().find(action).map(ActionInvoker::definition);
    }

    private static List<ToolSpec> specs(Assistant assistant, ActionCatalog catalog) {
        List<ToolSpec> specs = new ArrayList<>();
        for (AssistantFunction function : assistant.functions()) {
            FunctionSchema override = function.override();
            ActionRef action = function.action();
            if (override != null) {
                specs.add(
                        new ToolSpec(
                                function.name(),
                                override.description(),
                                override.parametersJson(),
                                override.strict()));
            } else if (action != null) {
                catalog.find(action)
                        .map(invoker -> invoker.definition())
                        .map(it ->
                                new ToolSpec(
                                        function.name(),
                                        it.description(),
                                        it.parametersJson(),
                                        it.strict()))
                        .ifPresent(specs::add);
            }
        }
        return List.copyOf(specs);
    }

    /// @param catalog held weakly: an old catalog must let go of its packs
    private record Made(
            String version, WeakReference<ActionCatalog> catalog, List<ToolSpec> tools) {}
}
