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
    private final List<Known> all;
    private final Map<String, Known> byId = new HashMap<>();
    private final Map<String, Known> byName = new HashMap<>();

    /// An assistant as it stands in the store, and what its actions say now.
    private record Known(Listing listing, Availability actions) {
        Assistant assistant() {
            return listing.assistant();
        }

        /// A pack may be quarantined at any time without a new catalog.
        Listing now() {
            return listing.isAvailable() ? new Listing(assistant(), actions.problem()) : listing;
        }
    }

    /// @param entries of several with one name, the first has the name
    DirectoryView(
            List<DirectoryEntries.Entry> entries,
            ActionCatalog catalog,
            AssistantVersions versions) {
        this.catalog = catalog;
        for (DirectoryEntries.Entry entry : entries) {
            Listing listing = listing(entry, catalog, versions);
            var known = new Known(listing, new Availability(listing.assistant(), catalog));
            byId.put(known.assistant().id().value(), known);
            byName.putIfAbsent(known.assistant().name(), known);
        }
        this.all =
                byId.values().stream()
                        .sorted(
                                Comparator.comparing((Known it) -> it.assistant().name())
                                        .thenComparing(it -> it.assistant().id().value()))
                        .toList();
    }

    boolean isOf(ActionCatalog other) {
        return catalog == other;
    }

    Optional<Listing> find(String idOrName) {
        Known found = byId.get(idOrName);
        return Optional.ofNullable(found == null ? byName.get(idOrName) : found).map(Known::now);
    }

    List<Listing> all() {
        return all.stream().map(Known::now).toList();
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
