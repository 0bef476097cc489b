package org.assistantservice.assistant;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assistantservice.assistant.RegistrationResult.Change;
import org.assistantservice.assistant.RegistrationResult.Refused;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;

/// Registers assistants: checks everything, then stores, so that nothing is half made. The one way
/// in for the command line, for `assistant.json` in a folder, and for the API. Thread-safe.
public final class AssistantRegistration {
    private static final int ATTEMPTS = 5;

    private final AssistantStore store;
    private final ActionSource actions;
    private final AssistantVersions versions;
    private final InstantSource clock;

    public AssistantRegistration(
            AssistantStore store,
            ActionSource actions,
            AssistantSettings settings,
            InstantSource clock) {
        this.store = store;
        this.actions = actions;
        this.versions = new AssistantVersions(settings.defaultModel());
        this.clock = clock;
    }

    /// Registers what [AssistantConfigJson#parse] read; the problems of an invalid configuration
    /// and those of the names in it are reported together.
    ///
    /// @param homePack the assistant's own folder, where bare names are looked up first, or null
    /// @throws AssistantStoreException if the store does not answer
    public RegistrationResult register(ParsedConfig parsed, @Nullable String homePack) {
        return switch (parsed) {
            case ParsedConfig.Valid(var config, var warnings) ->
                    withWarnings(warnings, register(config, homePack));
            case ParsedConfig.Invalid(var draft, var problems, var warnings) -> {
                Resolution names = resolve(draft, homePack, List.of());
                yield new Refused(
                        firstAtEachPlace(problems, names.problems()),
                        joined(warnings, names.warnings()));
            }
            case ParsedConfig.NotJson(var reason) ->
                    new Refused(
                            List.of(new ConfigProblem("", "is not JSON: " + reason)), List.of());
        };
    }

    /// Registers a configuration. A name that exists, without an id, updates that assistant.
    ///
    /// @param homePack the assistant's own folder, where bare names are looked up first, or null
    /// @throws AssistantStoreException if the store does not answer
    public RegistrationResult register(AssistantConfig config, @Nullable String homePack) {
        List<ConfigProblem> broken = ConfigRules.check(config);
        if (!broken.isEmpty()) {
            Resolution names = resolve(config, homePack, List.of());
            return new Refused(firstAtEachPlace(broken, names.problems()), names.warnings());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(config, homePack);
            } catch (AssistantConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw new AssistantStoreException(
                            "%s; given up after %d attempts".formatted(e.getMessage(), ATTEMPTS),
                            e);
                }
            }
        }
    }

    private RegistrationResult attempt(AssistantConfig config, @Nullable String homePack) {
        RegistrationTarget target = RegistrationTarget.of(config, homePack, store);
        Resolution names = resolve(config, homePack, target.functions());
        List<ConfigProblem> problems = joined(target.problems(), names.problems());
        if (!problems.isEmpty()) {
            return new Refused(problems, names.warnings());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var registered =
                new RegisteredConfig(
                        target.id(),
                        config.withId(target.id().value()),
                        names.functions(),
                        Objects.requireNonNullElse(target.createdAt(), now));
        Change change = store(registered, target.stored());
        Assistant assistant = versions.of(registered, names.functions());
        return new Registered(registered, assistant, change, names.warnings());
    }

    private Change store(RegisteredConfig registered, @Nullable StoredConfig current) {
        AssistantId id = registered.id();
        String json = StoredConfigJson.print(registered);
        if (current == null) {
            store.write(id, json, new AssistantStore.Precondition.Absent());
            return Change.CREATED;
        }
        if (current instanceof StoredConfig.Content(_, _, var text) && text.equals(json)) {
            return Change.UNCHANGED;
        }
        store.write(id, json, new AssistantStore.Precondition.Unchanged(current.generation()));
        return Change.UPDATED;
    }

    private Resolution resolve(
            AssistantConfig config, @Nullable String homePack, List<AssistantFunction> before) {
        return new FunctionResolver(actions.current(), homePack, before).resolve(config);
    }

    private static RegistrationResult withWarnings(
            List<ConfigProblem> more, RegistrationResult result) {
        return switch (result) {
            case Refused(var problems, var warnings) ->
                    new Refused(problems, joined(more, warnings));
            case Registered(var stored, var assistant, var change, var warnings) ->
                    new Registered(stored, assistant, change, joined(more, warnings));
        };
    }

    /// A name that is already a problem in itself is not also unknown.
    private static List<ConfigProblem> firstAtEachPlace(
            List<ConfigProblem> first, List<ConfigProblem> second) {
        List<ConfigProblem> all = new ArrayList<>(first);
        for (ConfigProblem problem : second) {
            if (first.stream().noneMatch(it -> it.pointer().equals(problem.pointer()))) {
                all.add(problem);
            }
        }
        return all;
    }

    private static List<ConfigProblem> joined(List<ConfigProblem> a, List<ConfigProblem> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }
}
