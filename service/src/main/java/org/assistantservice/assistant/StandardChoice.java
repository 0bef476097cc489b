package org.assistantservice.assistant;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;

/// Which assistant serves a caller who names none.
final class StandardChoice {
    /// There is none.
    static final StandardChoice NONE = new StandardChoice(null, "");

    private final @Nullable AssistantId id;
    private final String reason;

    private StandardChoice(@Nullable AssistantId id, String reason) {
        this.id = id;
        this.reason = reason;
    }

    /// Empty if the configured one does not exist.
    Optional<AssistantId> id() {
        return Optional.ofNullable(id);
    }

    /// Why this one, for the log.
    String reason() {
        return reason;
    }

    boolean isSameAs(StandardChoice other) {
        return Objects.equals(id, other.id) && reason.equals(other.reason);
    }

    /// @param entries what there is; never empty
    static StandardChoice among(List<DirectoryEntries.Entry> entries, AssistantSettings settings) {
        String configured = settings.defaultAssistant();
        if (!configured.isEmpty() && !configured.equals(DevelopmentAssistant.ID.value())) {
            return configured(entries, configured);
        }
        List<DirectoryEntries.Entry> stored =
                entries.stream().filter(DirectoryEntries.Entry::isStored).toList();
        List<DirectoryEntries.Entry> candidates = stored.isEmpty() ? entries : stored;
        return candidates.stream()
                .filter(it -> it.source().equals(settings.clientId()))
                .findFirst()
                .map(it -> chosen(it, "it is stored under CLIENT_ID"))
                .orElseGet(() -> first(candidates));
    }

    private static StandardChoice first(List<DirectoryEntries.Entry> candidates) {
        DirectoryEntries.Entry first =
                Collections.min(
                        candidates,
                        Comparator.comparing(DirectoryEntries.Entry::name)
                                .thenComparing(it -> it.config().id().value()));
        String reason =
                candidates.size() == 1
                        ? "it is the only one"
                        : "it is the first of %d by name; ASSISTANT_ID names another"
                                .formatted(candidates.size());
        return chosen(first, reason);
    }

    private static StandardChoice configured(
            List<DirectoryEntries.Entry> entries, String configured) {
        return entries.stream()
                .filter(it -> it.config().id().value().equals(configured))
                .findFirst()
                .or(() -> entries.stream().filter(it -> it.name().equals(configured)).findFirst())
                .map(it -> chosen(it, "ASSISTANT_ID names it"))
                .orElseGet(() -> NONE);
    }

    private static StandardChoice chosen(DirectoryEntries.Entry entry, String reason) {
        return new StandardChoice(entry.config().id(), reason);
    }
}
