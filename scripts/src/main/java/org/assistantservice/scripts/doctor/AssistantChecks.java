package org.assistantservice.scripts.doctor;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.assistant.AssistantConfigJson;
import org.assistantservice.assistant.AssistantRegistration;
import org.assistantservice.assistant.AssistantStore;
import org.assistantservice.assistant.AssistantStoreException;
import org.assistantservice.assistant.ConfigProblem;
import org.assistantservice.assistant.ParsedConfig;
import org.assistantservice.assistant.RegistrationResult;
import org.assistantservice.assistant.RegistrationResult.Refused;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.assistantservice.assistant.StoredConfig;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.register.ConfigStores;
import org.jspecify.annotations.Nullable;

/// Checks every assistant's configuration, in the packs' folders and in the store, against the
/// actions that there are. Writes nothing.
final class AssistantChecks {
    private static final String CHECK = "assistant";

    private final Settings settings;
    private final ActionSource actions;

    AssistantChecks(Settings settings, ActionSource actions) {
        this.settings = settings;
        this.actions = actions;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        try (ConfigStores.Opened opened = ConfigStores.open(settings)) {
            var registration =
                    new AssistantRegistration(
                            new DryStore(opened.store()),
                            actions,
                            settings.assistants(),
                            InstantSource.system());
            findings.addAll(ofFolders(registration));
            findings.addAll(ofStore(opened.store(), registration));
        } catch (AssistantStoreException e) {
            findings.add(
                    Finding.problem(
                            CHECK,
                            "The store of configurations cannot be read: " + e.getMessage(),
                            settings.isProduction()
                                    ? "Check BUCKET_ID, PROJECT_ID and the credentials"
                                    : "Set DATA_DIR to a folder that this user may use"));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.warning(
                            CHECK,
                            "There is no assistant; the built-in development assistant serves",
                            "make register-assistant ARGS=<config file>"));
        }
        return findings;
    }

    private List<Finding> ofFolders(AssistantRegistration registration) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : assistantFiles()) {
            Path folder = file.getParent();
            String pack = folder == null ? "" : String.valueOf(folder.getFileName());
            try {
                ParsedConfig parsed = AssistantConfigJson.parse(Files.readAllBytes(file));
                findings.add(finding(file.toString(), registration.register(parsed, pack)));
            } catch (IOException e) {
                findings.add(
                        Finding.problem(
                                CHECK,
                                "%s cannot be read".formatted(file),
                                "Make the file readable for this user"));
            }
        }
        return findings;
    }

    private List<Path> assistantFiles() {
        if (!Files.isDirectory(settings.assistantsFolder())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(settings.assistantsFolder())) {
            return folders.map(folder -> folder.resolve("assistant.json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssistantStoreException(
                    "%s cannot be listed".formatted(settings.assistantsFolder()), e);
        }
    }

    private static List<Finding> ofStore(AssistantStore store, AssistantRegistration registration) {
        List<Finding> findings = new ArrayList<>();
        for (StoredConfig stored : store.list()) {
            String place = "%s in %s".formatted(stored.name(), store.location());
            findings.add(
                    switch (stored) {
                        case StoredConfig.Content(_, _, var json) ->
                                finding(
                                        place,
                                        registration.register(
                                                AssistantConfigJson.parse(json), null));
                        case StoredConfig.Unreadable(_, _, var reason) ->
                                Finding.problem(
                                        CHECK,
                                        "%s %s".formatted(place, reason),
                                        "Register the assistant again, or remove the document");
                    });
        }
        return findings;
    }

    private static Finding finding(@Nullable String place, RegistrationResult result) {
        return switch (result) {
            case Registered registered ->
                    Finding.ok(
                            CHECK,
                            "%s: %s, %d functions"
                                    .formatted(
                                            place,
                                            registered.assistant().name(),
                                            registered.assistant().functions().size()));
            case Refused(var problems, _) ->
                    Finding.problem(
                            CHECK,
                            "%s: %s"
                                    .formatted(
                                            place,
                                            problems.stream()
                                                    .map(ConfigProblem::toString)
                                                    .collect(joining("; "))),
                            "Correct the configuration, or build the pack it names:"
                                    + " make package");
        };
    }
}
