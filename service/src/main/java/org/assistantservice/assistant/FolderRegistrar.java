package org.assistantservice.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registers the `assistant.json` of every folder: at the start, when it changed, and when the
/// actions changed. For one thread.
final class FolderRegistrar {
    private static final Logger LOG = LoggerFactory.getLogger(FolderRegistrar.class);

    private final AssistantFolders folders;
    private final AssistantRegistration registration;
    private Map<String, Entry> entries = Map.of();

    /// Why the store did not answer during this update, empty if it did: a store that is down costs
    /// one time-out and not one for each folder.
    private String outage = "";

    FolderRegistrar(AssistantFolders folders, AssistantRegistration registration) {
        this.folders = folders;
        this.registration = registration;
    }

    /// What became of one folder's configuration.
    ///
    /// @param catalog the actions it was checked against; null if it must be tried again
    /// @param problem why it is not registered, empty if it is
    private record Entry(
            StoredConfig document,
            ParsedConfig parsed,
            @Nullable ActionCatalog catalog,
            String problem) {}

    /// A configuration that is right in itself but cannot be registered, e.g. because its pack is
    /// missing.
    record Waiting(RegisteredConfig config, String problem) {}

    /// Registers what is new or changed.
    ///
    /// @throws AssistantStoreException if the folders cannot be listed
    void update(ActionCatalog catalog) {
        outage = "";
        Map<String, Entry> updated = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (StoredConfig document : folders.list()) {
            Entry before = entries.get(document.name());
            Entry current =
                    before != null && before.document().equals(document)
                            ? before
                            : new Entry(document, parse(document), null, "");
            updated.put(document.name(), settled(current, owners, catalog));
        }
        entries = updated;
    }

    private Entry settled(Entry entry, Map<String, String> owners, ActionCatalog catalog) {
        Optional<String> taken = takenBy(entry.document().name(), entry.parsed(), owners);
        if (taken.isPresent()) {
            return new Entry(entry.document(), entry.parsed(), null, taken.get());
        }
        return entry.catalog() == catalog
                ? entry
                : register(entry.document(), entry.parsed(), catalog);
    }

    List<AssistantProblem> problems() {
        return entries.values().stream()
                .filter(it -> !it.problem().isEmpty())
                .map(it -> new AssistantProblem(source(it.document()), it.problem()))
                .toList();
    }

    List<Waiting> waiting() {
        List<Waiting> waiting = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.problem().isEmpty()
                    && entry.parsed() instanceof ParsedConfig.Valid(var config, _)) {
                AssistantId id =
                        AssistantId.parse(config.assistantId())
                                .orElseGet(() -> DerivedId.ofFolder(entry.document().name()));
                var registered =
                        new RegisteredConfig(
                                id, config.withId(id.value()), List.of(), Instant.EPOCH);
                waiting.add(new Waiting(registered, entry.problem()));
            }
        }
        return waiting;
    }

    private Entry register(StoredConfig document, ParsedConfig parsed, ActionCatalog catalog) {
        if (!outage.isEmpty()) {
            return new Entry(document, parsed, null, outage);
        }
        try {
            return switch (registration.register(parsed, document.name())) {
                case RegistrationResult.Registered registered -> {
                    log(document, registered);
                    yield new Entry(document, parsed, catalog, "");
                }
                case RegistrationResult.Refused(var problems, _) ->
                        new Entry(document, parsed, catalog, text(problems));
            };
        } catch (AssistantStoreException e) {
            outage = "cannot be stored: " + e.getMessage();
            return new Entry(document, parsed, null, outage);
        }
    }

    private static void log(StoredConfig document, RegistrationResult.Registered registered) {
        String source = source(document);
        switch (registered.change()) {
            case CREATED, UPDATED ->
                    LOG.info(
                            "Registered assistant '{}' as {} from {}",
                            registered.assistant().name(),
                            registered.assistant().id(),
                            source);
            case UNCHANGED -> LOG.debug("{} is registered already", source);
        }
        registered.warnings().forEach(it -> LOG.warn("{}: {}", source, it));
    }

    /// Two folders with the same assistant would overwrite each other for ever.
    private static Optional<String> takenBy(
            String folder, ParsedConfig parsed, Map<String, String> owners) {
        if (!(parsed instanceof ParsedConfig.Valid(var config, _))) {
            return Optional.empty();
        }
        String other = owners.putIfAbsent("name " + config.assistantName(), folder);
        if (other == null && !config.assistantId().isEmpty()) {
            other = owners.putIfAbsent("id " + config.assistantId(), folder);
        }
        return Optional.ofNullable(other)
                .map("is the same assistant as %s/assistant.json; it is ignored"::formatted);
    }

    private static ParsedConfig parse(StoredConfig document) {
        return switch (document) {
            case StoredConfig.Content(_, _, var json) -> AssistantConfigJson.parse(json);
            case StoredConfig.Unreadable(_, _, var reason) -> new ParsedConfig.NotJson(reason);
        };
    }

    private static String source(StoredConfig document) {
        return document.name() + "/assistant.json";
    }

    private static String text(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; "));
    }
}
