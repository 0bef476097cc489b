package org.assistantservice.assistant;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionPool;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.ArgumentCheck;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.dispatch.CatalogLease;

/// A source of actions that exist by name only.
final class FakeActions implements ActionSource {
    /// A pool that bears no abandoned call is quarantined from the start.
    static final int NONE = 0;

    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();
    private volatile ActionCatalog catalog;

    /// @param names each `<pack>.<action>`
    FakeActions(String... names) {
        this.catalog = catalogOf(names);
    }

    void become(String... names) {
        catalog = catalogOf(names);
    }

    void quarantine(String pack) {
        quarantined.add(pack);
    }

    @Override
    public ActionCatalog current() {
        return catalog;
    }

    @Override
    public CatalogLease lease() {
        throw new AssertionError("Looking at assistants leases nothing");
    }

    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        return lease();
    }

    private ActionCatalog catalogOf(String... names) {
        List<ActionRef> refs =
                Arrays.stream(names)
                        .map(it -> it.split("\\.", -1))
                        .map(it -> new ActionRef(it[0], it[1]))
                        .toList();
        Map<String, String> digests = new HashMap<>();
        refs.forEach(it -> digests.put(it.pack(), "digest"));
        return new ActionCatalog(
                refs.stream().map(it -> new NamedAction(it, quarantined)).toList(), digests);
    }

    private record NamedAction(ActionRef ref, Set<String> quarantined) implements ActionInvoker {
        @Override
        public ActionDefinition definition() {
            return new ActionDefinition(
                    ref,
                    "Does it.",
                    "{\"type\":\"object\"}",
                    true,
                    Effect.ONCE,
                    Duration.ofSeconds(30),
                    "Doing it");
        }

        @Override
        public ActionPool pool() {
            return new ActionPool(ref.pack(), 1, quarantined.contains(ref.pack()) ? NONE : 3);
        }

        @Override
        public ArgumentCheck check(String argumentsJson) {
            throw new AssertionError("Nothing calls actions here");
        }

        @Override
        public String invoke(String argumentsJson, CallContext context) {
            throw new AssertionError("Nothing calls actions here");
        }
    }
}
