package org.assistantservice.scripts.register;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.assistantservice.assistant.AssistantConfigJson;
import org.assistantservice.assistant.AssistantConfigSchema;
import org.assistantservice.assistant.AssistantRegistration;
import org.assistantservice.assistant.AssistantStoreException;
import org.assistantservice.assistant.ConfigProblem;
import org.assistantservice.assistant.ParsedConfig;
import org.assistantservice.assistant.RegistrationResult;
import org.assistantservice.assistant.RegistrationResult.Refused;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.Streams;
import org.assistantservice.scripts.pack.Packs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `register-assistant`: checks a configuration and stores it where services find it.
@Command(
        name = "register-assistant",
        description = "Registers an assistant; a running service serves it within seconds.",
        sortOptions = false)
public final class RegisterCommand implements Callable<Integer> {
    private final Streams streams;
    private final Settings.Source settings;
    private final Packs.Opener packs;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Parameters(
            arity = "0..1",
            paramLabel = "config_file",
            description = "The assistant's configuration, a JSON file.")
    private @Nullable Path configFile;

    @Option(
            names = "--output-config",
            paramLabel = "PATH",
            description = "Also writes the configuration as registered, with its id, to this file.")
    private @Nullable Path outputConfig;

    @Option(
            names = "--generate-schema",
            description = "Prints the JSON Schema of configurations and ends.")
    private boolean generatesSchema;

    /// @param settings read when the command needs them
    public RegisterCommand(Streams streams, Settings.Source settings, Packs.Opener packs) {
        this.streams = streams;
        this.settings = settings;
        this.packs = packs;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (generatesSchema) {
            streams.out().println(AssistantConfigSchema.json());
            streams.out().flush();
            return 0;
        }
        if (configFile == null) {
            throw new ParameterException(
                    requireNonNull(spec, "set by picocli").commandLine(),
                    "error: config_file is required unless using --generate-schema");
        }
        try {
            register(configFile);
            return 0;
        } catch (RefusedException e) {
            streams.err().println(e.getMessage());
            streams.err().flush();
            return 1;
        }
    }

    private void register(Path file) throws RefusedException, InterruptedException {
        ParsedConfig parsed = AssistantConfigJson.parse(read(file));
        if (parsed instanceof ParsedConfig.NotJson(var reason)) {
            throw new RefusedException("Invalid JSON in config file: " + reason);
        }
        Settings read = settings();
        if (read.model().apiKey().isEmpty()) {
            warn("OPENAI_API_KEY is not set; the service will need it to ask a model");
        }
        Registered registered = registered(parsed, file, read);
        registered.warnings().forEach(warning -> warn(warning.toString()));
        if (registered.change() != RegistrationResult.Change.CREATED) {
            streams.err().println("Note: this assistant existed before and keeps its id.");
        }
        write(registered);
        String model = registered.assistant().model();
        streams.out()
                .print(
                        new RegistrationReport(
                                        registered,
                                        model.isEmpty() ? read.model().name() : model,
                                        outputConfig)
                                .text());
        streams.out().flush();
    }

    private Registered registered(ParsedConfig parsed, Path file, Settings read)
            throws RefusedException, InterruptedException {
        try (Packs opened = packs(read);
                ConfigStores.Opened stores = ConfigStores.open(read)) {
            var registration =
                    new AssistantRegistration(
                            stores.store(),
                            opened.actions(),
                            read.assistants(),
                            InstantSource.system());
            RegistrationResult result = registration.register(parsed, homePack(file, read));
            return switch (result) {
                case Registered registered -> registered;
                case Refused(var problems, var warnings) -> {
                    warnings.forEach(warning -> warn(warning.toString()));
                    opened.status().forEach(this::warnOfPack);
                    throw new RefusedException("Invalid configuration: " + joined(problems));
                }
            };
        } catch (AssistantStoreException e) {
            throw new RefusedException("Failed to create assistant: " + e.getMessage());
        }
    }

    private static byte[] read(Path file) throws RefusedException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new RefusedException("Config file not found: " + file);
        } catch (IOException e) {
            throw new RefusedException(
                    "Config file not found: %s (%s)".formatted(file, e.getMessage()));
        }
    }

    private Settings settings() throws RefusedException {
        try {
            return settings.read();
        } catch (IOException e) {
            throw new RefusedException("Failed to initialize: " + e.getMessage());
        }
    }

    private Packs packs(Settings read) throws RefusedException, InterruptedException {
        try {
            return packs.open(read);
        } catch (IOException e) {
            throw new RefusedException("Failed to initialize: " + e.getMessage());
        }
    }

    /// A configuration in a pack's folder means that pack's actions first.
    private static @Nullable String homePack(Path file, Settings read) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path assistants = read.assistantsFolder().toAbsolutePath().normalize();
        return folder != null && assistants.equals(folder.getParent())
                ? String.valueOf(folder.getFileName())
                : null;
    }

    private void write(Registered registered) throws RefusedException {
        if (outputConfig == null) {
            return;
        }
        try {
            Path parent = outputConfig.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(outputConfig, AssistantConfigJson.print(registered.stored()) + "\n");
        } catch (IOException e) {
            throw new RefusedException(
                    "The assistant %s is registered, but its configuration could not be written: %s"
                            .formatted(registered.assistant().id(), e));
        }
    }

    private void warnOfPack(PackStatus pack) {
        if (!pack.problems().isEmpty()) {
            warn("Pack %s: %s".formatted(pack.name(), String.join(" ", pack.problems())));
        }
    }

    private void warn(String text) {
        streams.err().println("Warning: " + text);
        streams.err().flush();
    }

    private static String joined(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).collect(joining("; "));
    }

    /// The one line that says why nothing was registered.
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
