package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assistantservice.identity.AssistantId;

/// Settles which of the known configurations count when several are for one assistant.
final class DirectoryEntries {
    private final List<Entry> entries = new ArrayList<>();
    private final List<AssistantProblem> problems = new ArrayList<>();
    private final List<String> shadowed = new ArrayList<>();
    private final Set<AssistantId> ids = new HashSet<>();
    private final Map<String, AssistantId> names = new HashMap<>();

    /// One assistant.
    ///
    /// @param source document it comes from
    /// @param problem why it cannot serve, whatever actions there are; empty if it can
    record Entry(String source, RegisteredConfig config, String problem) {
        String name() {
            return config.config().assistantName();
        }

        /// Whether it is in the store, not only in a folder.
        boolean isStored() {
            return problem.isEmpty();
        }
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<AssistantProblem> problems() {
        return List.copyOf(problems);
    }

    /// Sentences about documents that give way to others; for the log.
    List<String> shadowed() {
        return List.copyOf(shadowed);
    }

    /// Adds what a store holds, in its order. What the service wrote counts before what was placed
    /// by hand: a document without an id of its own gives way to an assistant of the same name.
    void addStored(LastGoodConfigs.Document document) {
        RegisteredConfig config = document.config();
        String name = config.config().assistantName();
        AssistantId namesake = names.get(name);
        boolean hasOwnId = !config.id().equals(DerivedId.ofDocument(document.name()));
        if (ids.contains(config.id()) || (namesake != null && !hasOwnId)) {
            if (isOther(config)) {
                shadowed.add(
                        "%s is not used: assistant '%s' is registered; register it again to change it"
                                .formatted(document.name(), name));
            }
            return;
        }
        if (namesake != null) {
            problems.add(
                    new AssistantProblem(
                            document.name(),
                            "has the same name as %s; '%s' means that one"
                                    .formatted(namesake, name)));
        }
        add(new Entry(document.name(), config, ""));
    }

    /// Adds what waits in a folder, unless an earlier version of it is stored.
    void addWaiting(FolderRegistrar.Waiting waiting) {
        RegisteredConfig config = waiting.config();
        if (!ids.contains(config.id()) && !names.containsKey(config.config().assistantName())) {
            add(new Entry("", config, waiting.problem()));
        }
    }

    /// Whether it says something else than what it gives way to.
    private boolean isOther(RegisteredConfig config) {
        return entries.stream().noneMatch(it -> it.config().config().equals(config.config()));
    }

    private void add(Entry entry) {
        entries.add(entry);
        ids.add(entry.config().id());
        names.putIfAbsent(entry.name(), entry.config().id());
    }
}
