package org.assistantservice.scripts.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.assistant.AssistantConfigSchema;
import org.assistantservice.assistant.FolderAssistantStore;
import org.assistantservice.assistant.StoredConfig;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.CommandRun;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.SettingsForTests;
import org.assistantservice.scripts.pack.ClassPathPacks;
import org.assistantservice.scripts.pack.Packs;
import org.assistantservice.scripts.pack.ShopActions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterCommandTest {
    private static final String RULE = "=".repeat(50) + "\n";
    private static final Pattern ID = Pattern.compile("Assistant ID: (asst_[A-Za-z0-9]{24})\n");
    private static final String SHOP =
            """
            {"assistant_name":"Shop","initial_message":"Hi","instructions":"Sell.",
             "function_names":["price"]}
            """;

    @TempDir private Path folder;

    @Test
    void aConfigurationIsCheckedAndStored() throws IOException {
        CommandRun run = register(config(SHOP));

        String id = id(run.out());
        assertThat(run.out())
                .isEqualTo(
                        "\n"
                                + RULE
                                + "✅ Assistant created successfully!\n"
                                + RULE
                                + """
                                Assistant created with ID: %1$s
                                Assistant ID: %1$s
                                Name: Shop
                                Model: gpt-4-turbo-preview
                                Tools: ['function']

                                📝 To use this assistant:
                                1. Update your configuration with assistant_id: '%1$s'
                                2. Run the assistant service with this ID
                                """
                                        .formatted(id)
                                + RULE);
        assertThat(run.err())
                .isEqualTo(
                        "Warning: OPENAI_API_KEY is not set; the service will need it to ask a model\n");
        assertThat(run.exit()).isZero();
        assertThat(stored()).extracting(StoredConfig::name).containsExactly(id);
    }

    @Test
    void theSameNameAgainKeepsItsId() throws IOException {
        String first = id(register(config(SHOP)).out());

        CommandRun again = register(config(SHOP.replace("Sell.", "Sell more.")));

        assertThat(id(again.out())).isEqualTo(first);
        assertThat(again.err()).contains("Note: this assistant existed before and keeps its id.\n");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void theRegisteredConfigurationIsWrittenWhereItIsWanted() throws IOException {
        Path target = folder.resolve("out/dir/a.json");

        CommandRun run = register(config(SHOP), "--output-config", target.toString());

        assertThat(run.out())
                .endsWith(
                        """

                        💾 Runtime configuration saved to: %s
                           You can use this directly with the assistant service.
                        """
                                        .formatted(target)
                                + RULE);
        assertThat(Files.readString(target)).contains("\"assistant_id\": \"" + id(run.out()));
    }

    @Test
    void withAKeyAndAModelThereIsNothingToWarnOf() throws IOException {
        CommandRun run =
                run(
                        Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_MODEL", "small-1"),
                        config(SHOP.replace("[\"price\"]", "[]")));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Model: small-1\n\n").doesNotContain("Tools:");
    }

    @Test
    void anUnknownFunctionIsNamed() throws IOException {
        CommandRun run = register(config(SHOP.replace("price", "prize")));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Invalid configuration: /function_names/0: ", "prize");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aRefusedPackIsSaidBesideTheFunctionThatIsMissing() throws IOException {
        var broken =
                new PackStatus(
                        "broken", PackStatus.State.REFUSED, "", List.of(), List.of("No actions."));
        Path file = config(SHOP.replace("price", "prize"));

        CommandRun run =
                run(
                        Map.of(),
                        _ -> ClassPathPacks.of("shop", folder, ShopActions.class, broken),
                        file.toString());

        assertThat(run.err()).contains("Warning: Pack broken: No actions.\n");
    }

    @Test
    void allProblemsAreSaidAtOnce() throws IOException {
        CommandRun run = register(config("{\"assistant_name\":1,\"initial_message\":\"Hi\"}"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("Invalid configuration: ", "/assistant_name", "instructions");
    }

    @Test
    void anUnknownKeyIsAWarning() throws IOException {
        CommandRun run = register(config(SHOP.replace("\"function_names\"", "\"function_name\"")));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("Warning: ", "function_name", "function_names");
    }

    @Test
    void aFileThatIsMissingOrBrokenIsRefused() throws IOException {
        assertThat(register(folder.resolve("nope.json")))
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "Config file not found: %s\n"
                                        .formatted(folder.resolve("nope.json"))));
        CommandRun broken = register(config("{"));
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).startsWith("Invalid JSON in config file: ");
    }

    @Test
    void packsThatCannotBeLoadedStopTheCommand() throws IOException {
        Path file = config(SHOP);

        CommandRun run =
                run(
                        Map.of("OPENAI_API_KEY", "sk-1"),
                        _ -> {
                            throw new IOException("No space left on device");
                        },
                        file.toString());

        assertThat(run)
                .isEqualTo(
                        new CommandRun(1, "", "Failed to initialize: No space left on device\n"));
    }

    @Test
    void aStoreThatCannotBeWrittenStopsTheCommand() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where a folder should be");

        CommandRun run = register(config(SHOP));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("\nFailed to create assistant: ");
    }

    @Test
    void theSchemaIsPrintedAlone() {
        assertThat(run(Map.of(), this::shop, "--generate-schema"))
                .isEqualTo(new CommandRun(0, AssistantConfigSchema.json() + "\n", ""));
    }

    @Test
    void withoutAFileThereIsAUsageMessage() {
        CommandRun run = run(Map.of(), this::shop);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: config_file is required unless using --generate-schema\n")
                .contains("Usage: register-assistant");
    }

    private CommandRun register(Path file, String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = file.toString();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return run(Map.of(), this::shop, arguments);
    }

    private CommandRun run(Map<String, String> environment, Path file) {
        return run(environment, this::shop, file.toString());
    }

    private CommandRun run(
            Map<String, String> environment, Packs.Opener packs, String... arguments) {
        return CommandRun.of(
                streams ->
                        new RegisterCommand(
                                streams, () -> SettingsForTests.of(environment, folder), packs),
                arguments);
    }

    private Packs shop(Settings settings) {
        return ClassPathPacks.of("shop", folder, ShopActions.class);
    }

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    private List<StoredConfig> stored() {
        return new FolderAssistantStore(folder.resolve("data/configs")).list();
    }

    private static String id(String out) {
        Matcher id = ID.matcher(out);
        assertThat(id.find()).as(out).isTrue();
        return id.group(1);
    }
}
