package org.assistantservice.assistant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;

/// Which stored assistant a registration creates or updates.
///
/// @param functions what its functions are until now
/// @param createdAt when it was first registered, null for a new one
/// @param stored what the service wrote for it until now, null if nothing
/// @param problems why it cannot be this one
record RegistrationTarget(
        AssistantId id,
        List<AssistantFunction> functions,
        @Nullable Instant createdAt,
        @Nullable StoredConfig stored,
        List<ConfigProblem> problems) {

    /// The assistant with the configuration's id, else the one with its name, else the one that
    /// came from the same folder, else a new one.
    static RegistrationTarget of(
            AssistantConfig config, @Nullable String homePack, AssistantStore store) {
        List<StoredConfig> documents = store.list();
        List<RegisteredConfig> known = known(documents);
        Optional<RegisteredConfig> sameName =
                known.stream()
                        .filter(it -> it.config().assistantName().equals(config.assistantName()))
                        .findFirst();
        AssistantId id =
                AssistantId.parse(config.assistantId())
                        .or(() -> sameName.map(RegisteredConfig::id))
                        .orElseGet(() ->
                                homePack == null
                                        ? AssistantId.random()
                                        : DerivedId.ofFolder(homePack));
        Optional<RegisteredConfig> current =
                known.stream().filter(it -> it.id().equals(id)).findFirst();
        return new RegistrationTarget(
                id,
                current.map(RegistrationTarget::functions).orElse(List.of()),
                current.map(RegisteredConfig::createdAt)
                        .filter(it -> it.isAfter(Instant.EPOCH))
                        .orElse(null),
                documents.stream()
                        .filter(it -> it.name().equals(id.value()))
                        .findFirst()
                        .orElse(null),
                sameName.filter(it -> !it.id().equals(id))
                        .map(RegistrationTarget::nameIsTaken)
                        .map(List::of)
                        .orElse(List.of()));
    }

    private static List<RegisteredConfig> known(List<StoredConfig> documents) {
        return documents.stream()
                .map(StoredConfigJson::parse)
                .filter(StoredConfigJson.Parsed.Usable.class::isInstance)
                .map(StoredConfigJson.Parsed.Usable.class::cast)
                .map(StoredConfigJson.Parsed.Usable::config)
                .toList();
    }

    private static List<AssistantFunction> functions(RegisteredConfig registered) {
        List<AssistantFunction> functions = registered.functions();
        return functions == null ? List.of() : functions;
    }

    private static ConfigProblem nameIsTaken(RegisteredConfig other) {
        return new ConfigProblem(
                "/assistant_name",
                "'%s' is the name of %s already"
                        .formatted(other.config().assistantName(), other.id()));
    }
}
