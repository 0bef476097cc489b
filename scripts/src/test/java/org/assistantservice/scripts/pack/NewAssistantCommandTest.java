package org.assistantservice.scripts.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.assistantservice.actions.testkit.ActionKit;
import org.assistantservice.assistant.AssistantConfigJson;
import org.assistantservice.assistant.ParsedConfig;
import org.assistantservice.scripts.CommandRun;
import org.assistantservice.scripts.SettingsForTests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewAssistantCommandTest {
    private static final String ACTIONS = "com.example.orderdesk.OrderDeskActions";
    private static final String PARENT =
            """
            <project>
              <artifactId>assistant-service-parent</artifactId>
              <version>0.1.0-SNAPSHOT</version>
              <modules>
                <module>service</module>
                <module>assistants/weather</module>
                <module>scripts</module>
              </modules>
            </project>
            """;

    @TempDir private Path sources;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(sources.resolve("pom.xml"), PARENT);
    }

    @Test
    void aNewAssistantHasAModuleAnActionATestAndAConfiguration() throws IOException {
        CommandRun run = make("order-desk");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("Created assistants/order-desk:\n  pom.xml\n  assistant.json\n")
                .contains(
                        "make action ARGS=\"call order-desk.greet '{\\\"name\\\":\\\"Ana\\\"}'\"\n");
        assertThat(Files.readString(sources.resolve("pom.xml")))
                .isEqualTo(
                        PARENT.replace(
                                "    <module>scripts",
                                "    <module>assistants/order-desk</module>\n    <module>scripts"));
        assertThat(Files.readString(module().resolve("pom.xml")))
                .contains(
                        "<artifactId>order-desk-actions</artifactId>",
                        "<finalName>order-desk-actions</finalName>",
                        "<version>0.1.0-SNAPSHOT</version>");
        assertThat(files()).noneMatch(text -> text.contains("@name@") || text.contains("@class@"));
    }

    @Test
    void itsActionWorks(@TempDir Path classes) throws Exception {
        make("order-desk");
        compile(classes);

        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var kit = ActionKit.of(loader.loadClass(ACTIONS))) {
            assertThat(kit.call("greet", "{\"name\":\"Ana\"}").output())
                    .isEqualTo("{\"text\":\"Hello Ana!\"}");
        }
    }

    @Test
    void itsJarIsAPack(@TempDir Path classes) throws Exception {
        make("order-desk");
        compile(classes);
        pack(classes, module().resolve("order-desk-actions.jar"));

        CommandRun run =
                CommandRun.of(
                        streams ->
                                new ActionCommand(
                                        streams,
                                        () -> SettingsForTests.of(Map.of(), sources),
                                        LibraryPacks::open),
                        "call",
                        "order-desk.greet",
                        "{\"name\":\"Ana\"}");

        assertThat(run).isEqualTo(new CommandRun(0, "{\"text\":\"Hello Ana!\"}\n", ""));
    }

    @Test
    void itsConfigurationIsValid() throws IOException {
        make("order-desk");

        assertThat(
                        AssistantConfigJson.parse(
                                Files.readAllBytes(module().resolve("assistant.json"))))
                .isInstanceOfSatisfying(
                        ParsedConfig.Valid.class,
                        valid -> {
                            assertThat(valid.warnings()).isEmpty();
                            assertThat(valid.config().assistantName())
                                    .isEqualTo("Order Desk Assistant");
                            assertThat(valid.config().functionNames()).containsExactly("greet");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Orders",
                "order_desk",
                "x-",
                "a--b",
                "../x",
                "1st",
                "a b",
                "é",
                "a2345678901234567890123456789012345678901"
            })
    void aBadNameIsRefused(String name) throws IOException {
        CommandRun run = make(name);

        assertThat(run)
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                ("A name is 1 to 40 lower-case letters, digits and single hyphens,"
                                                + " and begins with a letter, e.g. order-desk, but was"
                                                + " '%s'\n")
                                        .formatted(name)));
        assertThat(Files.readString(sources.resolve("pom.xml"))).isEqualTo(PARENT);
    }

    @Test
    void theFolderOfTheBuildIsNoAssistant() throws IOException {
        CommandRun run = make("target");

        assertThat(run)
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "A folder named 'target' is for what the build makes; take another"
                                        + " name\n"));
        assertThat(sources.resolve("assistants")).doesNotExist();
    }

    @Test
    void anAssistantThatCannotBeWrittenInFullIsNotBegun() throws IOException {
        Path inTheWay = Files.createDirectory(sources.resolve("pom.xml.new"));

        CommandRun run = make("order-desk");

        assertThat(run)
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "assistants/order-desk was not made: FileSystemException: %s: Is a"
                                                .formatted(inTheWay)
                                        + " directory\n"));
        assertThat(module()).doesNotExist();
        assertThat(Files.readString(sources.resolve("pom.xml"))).isEqualTo(PARENT);
    }

    @Test
    void anExistingFolderIsLeftAlone() throws IOException {
        make("order-desk");
        String pom = Files.readString(sources.resolve("pom.xml"));

        CommandRun run = make("order-desk");

        assertThat(run).isEqualTo(new CommandRun(1, "", "assistants/order-desk exists already\n"));
        assertThat(Files.readString(sources.resolve("pom.xml"))).isEqualTo(pom);
    }

    @Test
    void elsewhereNothingIsMade(@TempDir Path elsewhere) {
        CommandRun run =
                CommandRun.of(
                        NewAssistantCommand::new, "order-desk", "--sources", elsewhere.toString());

        assertThat(run.err())
                .isEqualTo(
                        "%s is not the folder with the sources of Assistant Service\n"
                                .formatted(elsewhere));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aKeywordIsAGoodName() throws IOException {
        make("new");

        assertThat(sources.resolve("assistants/new/src/main/java/com/example/new_/NewActions.java"))
                .exists();
    }

    private void compile(Path classes) {
        Path source = module().resolve("src/main/java/com/example/orderdesk");
        int problems =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-parameters",
                                "-Xlint:all",
                                "-Werror",
                                "-d",
                                classes.toString(),
                                source.resolve("OrderDeskActions.java").toString(),
                                source.resolve("package-info.java").toString());
        assertThat(problems).isZero();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private CommandRun make(String name) {
        return CommandRun.of(NewAssistantCommand::new, name, "--sources", sources.toString());
    }

    private Path module() {
        return sources.resolve("assistants/order-desk");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(module())) {
            return files.filter(Files::isRegularFile).map(NewAssistantCommandTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
