package org.assistantservice.scripts.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.CatalogLease;
import org.assistantservice.scripts.ProgramVersion;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.Streams;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `action`: lists, describes and calls the actions of packs, without a service and without a
/// model.
@Command(
        name = "action",
        description = "Lists, describes or calls actions, without a model.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class)
public final class ActionCommand implements Runnable {
    private static final String NAME = "<name> or <pack>.<name>";

    private final Streams streams;
    private final Settings.Source settings;
    private final Packs.Opener packs;

    @Spec private @Nullable CommandSpec spec;

    /// @param settings read when the command needs them
    public ActionCommand(Streams streams, Settings.Source settings, Packs.Opener packs) {
        this.streams = streams;
        this.settings = settings;
        this.packs = packs;
    }

    @Override
    public void run() {
        throw new ParameterException(
                requireNonNull(spec, "set by picocli").commandLine(),
                "error: action needs one of list, describe and call");
    }

    @Command(name = "list", description = "Lists the actions of all packs.")
    int list() throws IOException, InterruptedException {
        try (Packs opened = packs.open(settings.read())) {
            for (ActionDefinition action : opened.actions().current().definitions()) {
                streams.out()
                        .println(
                                "%-40s %-11s %s"
                                        .formatted(
                                                action.ref(),
                                                action.effect(),
                                                action.description()));
            }
            streams.out().flush();
            return problems(opened);
        }
    }

    @Command(name = "describe", description = "Prints the JSON Schema of an action's arguments.")
    int describe(@Parameters(paramLabel = NAME) String name)
            throws IOException, InterruptedException {
        try (Packs opened = packs.open(settings.read())) {
            ActionCatalog catalog = opened.actions().current();
            ActionRef ref = find(catalog, name);
            if (ref == null) {
                problems(opened);
                return 1;
            }
            streams.out().println(catalog.find(ref).orElseThrow().definition().parametersJson());
            streams.out().flush();
            return 0;
        }
    }

    @Command(name = "call", description = "Calls an action as a model would.")
    int call(
            @Parameters(paramLabel = NAME) String name,
            @Parameters(
                            paramLabel = "JSON",
                            arity = "0..1",
                            defaultValue = "{}",
                            description =
                                    "The arguments, e.g. '{\"location\":\"Lisbon\"}'; - reads"
                                            + " standard input.")
                    String argumentsJson)
            throws IOException, InterruptedException {
        String json =
                argumentsJson.equals("-")
                        ? new String(streams.in().readAllBytes(), UTF_8)
                        : argumentsJson;
        Settings read = settings.read();
        try (Packs opened = packs.open(read);
                CatalogLease lease = opened.actions().lease()) {
            ActionRef ref = find(lease.catalog(), name);
            if (ref == null) {
                problems(opened);
                return 1;
            }
            ActionOutcome outcome =
                    new ActionCaller(read.assistantsFolder(), read.actions(), this::progress)
                            .call(lease.catalog(), ref, json);
            return switch (outcome) {
                case ActionOutcome.Succeeded(var output) -> {
                    streams.out().println(output);
                    streams.out().flush();
                    yield 0;
                }
                case ActionOutcome.Failed(_, var output) -> failed(output);
            };
        } catch (InvalidAssistantException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    /// The action of this name; says why not if there is none, or more than one.
    private @Nullable ActionRef find(ActionCatalog catalog, String name) {
        List<ActionRef> all =
                catalog.definitions().stream()
                        .map(ActionDefinition::ref)
                        .filter(ref -> name.equals(ref.action()) || name.equals(ref.qualified()))
                        .toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        failed(
                all.isEmpty()
                        ? "No action is named '%s'; there are%s"
                                .formatted(name, names(catalog.definitions()))
                        : "'%s' could be %s"
                                .formatted(
                                        name,
                                        all.stream()
                                                .map(ActionRef::qualified)
                                                .collect(joining(" or "))));
        return null;
    }

    private static String names(List<ActionDefinition> actions) {
        return actions.isEmpty()
                ? " none: make package builds the samples"
                : actions.stream().map(it -> it.ref().qualified()).collect(joining(", ", ": ", ""));
    }

    private int problems(Packs opened) {
        int exit = 0;
        for (var pack : opened.status()) {
            for (String problem : pack.problems()) {
                exit = failed("Pack %s: %s".formatted(pack.name(), problem));
            }
        }
        return exit;
    }

    private void progress(String text) {
        streams.err().println("  … " + text);
        streams.err().flush();
    }

    private int failed(String text) {
        streams.err().println(text);
        streams.err().flush();
        return 1;
    }
}
