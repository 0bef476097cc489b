package org.assistantservice.dispatch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The actions of all packs at one moment. Immutable; a run leases one and keeps it to its end, so
/// a swap of a pack never changes what a run under way calls.
public final class ActionCatalog {
    private final Map<ActionRef, ActionInvoker> invokers;
    private final Map<String, String> packDigests;

    /// @param invokers every action
    /// @param packDigests digest of each pack's content by pack name
    public ActionCatalog(
            Collection<? extends ActionInvoker> invokers, Map<String, String> packDigests) {
        Map<ActionRef, ActionInvoker> byRef = new LinkedHashMap<>();
        for (ActionInvoker invoker : invokers) {
            if (byRef.put(invoker.definition().ref(), invoker) != null) {
                throw new IllegalArgumentException(
                        "Two actions named " + invoker.definition().ref());
            }
        }
        this.invokers = byRef;
        this.packDigests = Map.copyOf(packDigests);
    }

    public static ActionCatalog empty() {
        return new ActionCatalog(List.of(), Map.of());
    }

    public Optional<ActionInvoker> find(ActionRef ref) {
        return Optional.ofNullable(invokers.get(ref));
    }

    /// Every action with this bare name, one for each pack that has it.
    public List<ActionRef> named(String action) {
        return invokers.keySet().stream().filter(ref -> ref.action().equals(action)).toList();
    }

    /// The actions of one pack, in the order of their definition.
    public List<ActionDefinition> ofPack(String pack) {
        return definitions().stream().filter(it -> it.ref().pack().equals(pack)).toList();
    }

    public List<ActionDefinition> definitions() {
        return invokers.values().stream().map(ActionInvoker::definition).toList();
    }

    public Map<String, String> packDigests() {
        return packDigests;
    }
}
