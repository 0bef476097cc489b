package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionRef;
import org.jspecify.annotations.Nullable;

/// Finds the actions that a configuration names: `function_names`, then the pack of
/// `functions_module`, then what `function_definitions` define. A bare name means the assistant's
/// own folder first, then what it meant before, then the only pack that has it. One per resolution.
final class FunctionResolver {
    private final ActionCatalog catalog;
    private final @Nullable String homePack;
    private final Map<String, ActionRef> before;
    private final Map<String, @Nullable ActionRef> resolved = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    /// @param homePack the assistant's own folder, or null
    /// @param before what its functions were; an earlier meaning settles what would be ambiguous
    FunctionResolver(
            ActionCatalog catalog, @Nullable String homePack, List<AssistantFunction> before) {
        this.catalog = catalog;
        this.homePack = homePack;
        this.before = new LinkedHashMap<>();
        before.forEach(it -> {
            if (it.action() != null) {
                this.before.put(it.name(), it.action());
            }
        });
    }

    Resolution resolve(AssistantConfig config) {
        for (int i = 0; i < config.functionNames().size(); i++) {
            addNamed("/function_names/" + i, config.functionNames().get(i));
        }
        if (config.functionsModule() != null) {
            addPack(config.functionsModule());
        }
        for (int i = 0; i < config.functionDefinitions().size(); i++) {
            addDefined("/function_definitions/" + i, config.functionDefinitions().get(i).name());
        }
        if (resolved.size() > ConfigRules.MAX_FUNCTIONS) {
            add(
                    "",
                    "an assistant has at most %d functions, but this one has %d"
                            .formatted(ConfigRules.MAX_FUNCTIONS, resolved.size()));
        }
        return new Resolution(functions(config), problems, warnings);
    }

    private List<AssistantFunction> functions(AssistantConfig config) {
        Map<String, FunctionSchema> overrides = new LinkedHashMap<>();
        config.functionDefinitions().forEach(it -> overrides.put(it.name(), it));
        List<AssistantFunction> functions = new ArrayList<>();
        resolved.forEach((name, ref) ->
                functions.add(new AssistantFunction(name, ref, overrides.get(name))));
        return functions;
    }

    private void addNamed(String pointer, String name) {
        List<ActionRef> choices = choices(name);
        if (choices.isEmpty()) {
            add(pointer, unknown(name));
        } else if (choices.size() > 1) {
            add(pointer, ambiguous(name, choices));
        } else {
            add(pointer, choices.getFirst());
        }
    }

    private void addPack(String pack) {
        List<ActionDefinition> actions = catalog.ofPack(pack);
        if (actions.isEmpty() && !catalog.packDigests().containsKey(pack)) {
            add(
                    "/functions_module",
                    "unknown pack '%s'%s"
                            .formatted(
                                    pack, NearestName.hint(pack, catalog.packDigests().keySet())));
        }
        actions.forEach(it -> add("/functions_module", it.ref()));
    }

    private void addDefined(String pointer, String name) {
        if (resolved.containsKey(name)) {
            return;
        }
        List<ActionRef> choices = choices(name);
        if (choices.size() > 1) {
            add(pointer, ambiguous(name, choices));
        } else if (choices.size() == 1) {
            add(pointer, choices.getFirst());
        } else {
            resolved.put(name, null);
            warnings.add(
                    new ConfigProblem(
                            pointer, "no code implements the function '%s'".formatted(name)));
        }
    }

    private List<ActionRef> choices(String name) {
        int dot = name.lastIndexOf('.');
        if (dot >= 0) {
            ActionRef ref = new ActionRef(name.substring(0, dot), name.substring(dot + 1));
            return catalog.find(ref).isPresent() ? List.of(ref) : List.of();
        }
        List<ActionRef> all = catalog.named(name);
        return all.stream()
                .filter(it -> it.pack().equals(homePack))
                .findFirst()
                .or(() -> Optional.ofNullable(before.get(name)).filter(all::contains))
                .map(List::of)
                .orElse(all);
    }

    private void add(String pointer, ActionRef ref) {
        ActionRef other = resolved.get(ref.action());
        if (other != null && !other.equals(ref)) {
            add(
                    pointer,
                    "%s and %s would both be named '%s'; an assistant can have one of them"
                            .formatted(other, ref, ref.action()));
            return;
        }
        resolved.put(ref.action(), ref);
    }

    private void add(String pointer, String reason) {
        problems.add(new ConfigProblem(pointer, reason));
    }

    private String unknown(String name) {
        TreeSet<String> known = new TreeSet<>();
        for (ActionDefinition definition : catalog.definitions()) {
            known.add(definition.ref().action());
            known.add(definition.ref().qualified());
        }
        return "unknown action '%s'%s".formatted(name, NearestName.hint(name, known));
    }

    private static String ambiguous(String name, List<ActionRef> choices) {
        return "'%s' is ambiguous; write one of %s"
                .formatted(
                        name,
                        choices.stream()
                                .map(ActionRef::qualified)
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }
}
