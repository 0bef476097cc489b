package org.assistantservice.assistant;

import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionRef;
import org.jspecify.annotations.Nullable;

/// Says whether the actions of an assistant are there.
final class Availability {
    private Availability() {}

    /// The first thing that is missing, e.g. `pack 'weather' is missing`, or empty if nothing is.
    static String problem(Assistant assistant, ActionCatalog catalog) {
        for (AssistantFunction function : assistant.functions()) {
            ActionRef action = function.action();
            String problem = action == null ? "" : problem(action, catalog);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private static String problem(ActionRef action, ActionCatalog catalog) {
        @Nullable ActionInvoker invoker = catalog.find(action).orElse(null);
        if (invoker != null) {
            return invoker.pool().isQuarantined()
                    ? "pack '%s' is quarantined".formatted(action.pack())
                    : "";
        }
        return catalog.packDigests().containsKey(action.pack())
                ? "pack '%s' has no action '%s'".formatted(action.pack(), action.action())
                : "pack '%s' is missing".formatted(action.pack());
    }
}
