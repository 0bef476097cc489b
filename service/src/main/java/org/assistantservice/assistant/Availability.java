package org.assistantservice.assistant;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionRef;
import org.jspecify.annotations.Nullable;

/// Says whether the actions of an assistant are there. What a catalog lacks it always lacks, so
/// that is looked for once; a pack may be quarantined at any time.
final class Availability {
    private final String missing;

    /// One action of each pack, whose pool stands for the pack.
    private final Map<String, ActionInvoker> packs = new LinkedHashMap<>();

    Availability(Assistant assistant, ActionCatalog catalog) {
        String firstMissing = "";
        for (AssistantFunction function : assistant.functions()) {
            ActionRef action = function.action();
            if (action == null) {
                continue;
            }
            @Nullable ActionInvoker invoker = catalog.find(action).orElse(null);
            if (invoker != null) {
                packs.putIfAbsent(action.pack(), invoker);
            } else if (firstMissing.isEmpty()) {
                firstMissing = missing(action, catalog);
            }
        }
        this.missing = firstMissing;
    }

    /// The first thing that is wrong now, e.g. `pack 'weather' is missing`, or empty.
    String problem() {
        return missing.isEmpty()
                ? packs.entrySet().stream()
                        .filter(pack -> pack.getValue().pool().isQuarantined())
                        .findFirst()
                        .map(pack -> "pack '%s' is quarantined".formatted(pack.getKey()))
                        .orElse("")
                : missing;
    }

    private static String missing(ActionRef action, ActionCatalog catalog) {
        return catalog.packDigests().containsKey(action.pack())
                ? "pack '%s' has no action '%s'".formatted(action.pack(), action.action())
                : "pack '%s' is missing".formatted(action.pack());
    }
}
