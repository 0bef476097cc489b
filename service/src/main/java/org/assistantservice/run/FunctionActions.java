package org.assistantservice.run;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantFunction;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;

/// Which action each function of an assistant stands for. Made once for each version, since an
/// assistant may have a thousand functions and a round calls a few. Thread-safe.
final class FunctionActions {
    /// More assistants than most services have; protocols may make one for each user.
    private static final int MOST_KEPT = 1024;

    private final ConcurrentMap<AssistantId, Made> made = new ConcurrentHashMap<>();

    private record Made(String version, Map<String, ActionRef> actions) {}

    /// By the function's name; functions without an action are left out.
    Map<String, ActionRef> of(Assistant assistant) {
        Made latest = made.get(assistant.id());
        if (latest == null || !latest.version().equals(assistant.version())) {
            latest = new Made(assistant.version(), actions(assistant));
            if (made.size() >= MOST_KEPT) {
                made.clear();
            }
            made.put(assistant.id(), latest);
        }
        return latest.actions();
    }

    private static Map<String, ActionRef> actions(Assistant assistant) {
        Map<String, ActionRef> actions = new HashMap<>();
        for (AssistantFunction function : assistant.functions()) {
            ActionRef action = function.action();
            if (action != null) {
                actions.put(function.name(), action);
            }
        }
        return Map.copyOf(actions);
    }
}
