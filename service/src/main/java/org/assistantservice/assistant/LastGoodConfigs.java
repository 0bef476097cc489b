package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers the last version of every stored document that could be used, so that a bad change
/// keeps the good version serving. For one thread.
final class LastGoodConfigs {
    private Map<String, Entry> entries = Map.of();

    /// One stored document.
    ///
    /// @param config the last good version, null if there never was one
    /// @param problem why the newest version is not used, null if it is
    private record Entry(
            StoredConfig document, @Nullable RegisteredConfig config, @Nullable String problem) {}

    /// A document that can be used.
    ///
    /// @param name of the document in its store
    record Document(String name, RegisteredConfig config) {}

    /// Takes what the store holds now; documents that are gone are forgotten.
    void update(List<StoredConfig> documents) {
        Map<String, Entry> updated = new LinkedHashMap<>();
        for (StoredConfig document : documents) {
            updated.put(document.name(), entry(document, entries.get(document.name())));
        }
        entries = updated;
    }

    /// In the order of the store.
    List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (entry.config() != null) {
                documents.add(new Document(name, entry.config()));
            }
        });
        return documents;
    }

    /// @param location of the store, for the messages
    List<AssistantProblem> problems(String location) {
        List<AssistantProblem> problems = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (entry.problem() != null) {
                problems.add(new AssistantProblem(location + "/" + name, reason(entry)));
            }
        });
        return problems;
    }

    private static String reason(Entry entry) {
        return entry.config() == null
                ? entry.problem() + "; it is ignored"
                : entry.problem() + "; its last good version stays";
    }

    private static Entry entry(StoredConfig document, @Nullable Entry before) {
        if (before != null && before.document().equals(document)) {
            return before;
        }
        return switch (StoredConfigJson.parse(document)) {
            case StoredConfigJson.Parsed.Usable(var config) -> new Entry(document, config, null);
            case StoredConfigJson.Parsed.Broken(var reason) ->
                    new Entry(document, before == null ? null : before.config(), reason);
        };
    }
}
