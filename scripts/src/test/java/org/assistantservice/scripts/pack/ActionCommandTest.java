package org.assistantservice.scripts.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.CommandRun;
import org.assistantservice.scripts.SettingsForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionCommandTest {
    private static final PackStatus BROKEN =
            new PackStatus(
                    "broken",
                    PackStatus.State.REFUSED,
                    "",
                    List.of(),
                    List.of("It has no actions."));

    @TempDir private Path folder;

    @Test
    void theActionsOfAllPacksAreListed() {
        CommandRun run = run("", "list");

        assertThat(run.out())
                .isEqualTo(
                        "shop.price                               READ_ONLY   The price of a product.\n");
        assertThat(run.exit()).isZero();
    }

    @Test
    void aRefusedPackIsSaidToBeSo() {
        CommandRun run =
                CommandRun.of(
                        streams ->
                                new ActionCommand(
                                        streams,
                                        () -> SettingsForTests.of(Map.of(), folder),
                                        _ ->
                                                ClassPathPacks.of(
                                                        "shop", folder, ShopActions.class, BROKEN)),
                        "list");

        assertThat(run.out()).startsWith("shop.price");
        assertThat(run.err()).isEqualTo("Pack broken: It has no actions.\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void anActionIsDescribedByItsSchema() {
        assertThat(run("", "describe", "price").out())
                .isEqualTo(
                        """
                        {"type":"object","properties":{"product":{"type":"string",\
                        "description":"Product, e.g. lamp"}},"required":["product"],\
                        "additionalProperties":false}
                        """);
    }

    @Test
    void anActionIsCalledAsAModelWould() {
        CommandRun run = run("", "call", "shop.price", "{\"product\":\"lamp\"}");

        assertThat(run).isEqualTo(new CommandRun(0, "12.00 EUR\n", "  … Asking for lamp\n"));
    }

    @Test
    void theSettingsAreThoseOfThePacksOwnAssistant() throws IOException {
        Files.createDirectories(folder.resolve("assistants/shop"));
        Files.writeString(
                folder.resolve("assistants/shop/assistant.json"),
                """
                {"assistant_name":"Shop","initial_message":"Hi","instructions":"Sell.",
                 "settings":{"currency":"USD"}}
                """);

        assertThat(run("", "call", "price", "{\"product\":\"lamp\"}").out())
                .isEqualTo("12.00 USD\n");
    }

    @Test
    void anAssistantThatIsNoJsonIsNotGuessed() throws IOException {
        Path file = folder.resolve("assistants/shop/assistant.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{");

        CommandRun run = run("", "call", "price", "{\"product\":\"lamp\"}");

        assertThat(run.err()).startsWith(file + " is not JSON: ");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void argumentsMayComeFromAPipe() {
        assertThat(run("{\"product\":\"lamp\"}", "call", "price", "-").out())
                .isEqualTo("12.00 EUR\n");
    }

    @Test
    void aCallThatFailsSaysWhatTheModelWouldBeTold() {
        CommandRun missing = run("", "call", "price");
        CommandRun refused = run("", "call", "price", "{\"product\":\"\"}");

        assertThat(missing.err())
                .startsWith(
                        "Error: Invalid arguments for function 'price': Missing required arguments:"
                                + " product (correlation_id: ");
        assertThat(refused.err())
                .startsWith(
                        "Error: Function 'price' execution failed: product must not be blank"
                                + " (correlation_id: ");
        assertThat(List.of(missing.exit(), refused.exit())).containsExactly(1, 1);
    }

    @Test
    void anUnknownActionIsNamedWithThoseThatThereAre() {
        assertThat(run("", "call", "prize"))
                .isEqualTo(
                        new CommandRun(
                                1, "", "No action is named 'prize'; there are: shop.price\n"));
    }

    @Test
    void whatToDoMustBeSaid() {
        CommandRun run = run("");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: action needs one of list, describe and call\n");
    }

    @Test
    void aCallIsBoundedAsTheOperatorSays() {
        CommandRun run =
                CommandRun.of(
                        streams ->
                                new ActionCommand(
                                        streams,
                                        () ->
                                                SettingsForTests.of(
                                                        Map.of(
                                                                "ASSISTANT_SERVICE_DISPATCH_MAX_ARGUMENT_BYTES",
                                                                "1024"),
                                                        folder),
                                        _ -> ClassPathPacks.of("shop", folder, ShopActions.class)),
                        "call",
                        "price",
                        "{\"product\":\"%s\"}".formatted("x".repeat(1024)));

        assertThat(run.err())
                .startsWith(
                        "Error: Invalid arguments for function 'price': the arguments are larger"
                                + " than 1 KiB (correlation_id: ");
    }

    @Test
    void withoutActionsTheNextStepIsSaid() {
        String said =
                "No action is named 'price'; there are none: make package builds the samples\n";
        CommandRun run =
                CommandRun.of(
                        streams ->
                                new ActionCommand(
                                        streams,
                                        () ->
                                                SettingsForTests.of(
                                                        Map.of("ASSISTANTS_DIR", folder.toString()),
                                                        folder),
                                        LibraryPacks::open),
                        "call",
                        "price");

        assertThat(run).isEqualTo(new CommandRun(1, "", said));
    }

    private CommandRun run(String typed, String... arguments) {
        return CommandRun.typed(
                typed,
                streams ->
                        new ActionCommand(
                                streams,
                                () -> SettingsForTests.of(Map.of(), folder),
                                _ -> ClassPathPacks.of("shop", folder, ShopActions.class)),
                arguments);
    }
}
