package org.assistantservice.assistant;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.dispatch.ActionCatalog;

/// All assistants against the actions of one moment. Immutable.
final class DirectoryView {
    private final ActionCatalog catalog;
    private final List<Listing> all;
    private final Map<String, Listing> byId = new HashMap<>();
    private final Map<String, Listing> byName = new HashMap<>();

    /// @param entries of several with one name, the first has the name
    DirectoryView(
            List<DirectoryEntries.Entry> entries,
            ActionCatalog catalog,
            AssistantVersions versions) {
        this.catalog = catalog;
        for (DirectoryEntries.Entry entry : entries) {
            Listing listing = listing(entry, catalog, versions);
            byId.put(listing.assistant().id().value(), listing);
            byName.putIfAbsent(listing.assistant().name(), listing);
        }
        this.all =
                byId.values().stream()
                        .sorted(
                                Comparator.comparing((Listing it) -> it.assistant().name())
                                        .thenComparing(it -> it.assistant().id().value()))
                        .toList();
    }

    boolean isOf(ActionCatalog other) {
        return catalog == other;
    }

    Optional<Listing> find(String idOrName) {
        Listing found = byId.get(idOrName);
        return Optional.ofNullable(found == null ? byName.get(idOrName) : found).map(this::now);
    }

    List<Listing> all() {
        return all.stream().map(this::now).toList();
    }

    /// A pack may be quarantined at any time without a new catalog.
    private Listing now(Listing listing) {
        return listing.isAvailable()
                ? new Listing(
                        listing.assistant(), Availability.problem(listing.assistant(), catalog))
                : listing;
    }

    private static Listing listing(
            DirectoryEntries.Entry entry, ActionCatalog catalog, AssistantVersions versions) {
        List<AssistantFunction> functions = entry.config().functions();
        if (functions != null) {
            return new Listing(versions.of(entry.config(), functions), entry.problem());
        }
        Resolution meaning =
                new FunctionResolver(catalog, null, List.of()).resolve(entry.config().config());
        return new Listing(
                versions.of(entry.config(), meaning.functions()),
                meaning.problems().stream()
                        .map(ConfigProblem::toString)
                        .collect(Collectors.joining("; ")));
    }
}
