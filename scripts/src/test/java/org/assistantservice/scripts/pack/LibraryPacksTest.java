package org.assistantservice.scripts.pack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assistantservice.scripts.CommandRun;
import org.assistantservice.scripts.SettingsForTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LibraryPacksTest {
    private static final Logger LOG =
            (Logger) LoggerFactory.getLogger("org.assistantservice.plugin");

    @TempDir private Path folder;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void watch() {
        LOG.setLevel(Level.WARN);
        logged.start();
        LOG.addAppender(logged);
    }

    @AfterEach
    void restore() {
        LOG.detachAppender(logged);
        LOG.setLevel(null);
    }

    @Test
    void aRefusedPackIsSaidOnce() throws IOException {
        Path jar = folder.resolve("assistants/broken/broken.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "text");

        CommandRun run =
                CommandRun.of(
                        streams ->
                                new ActionCommand(
                                        streams,
                                        () -> SettingsForTests.of(Map.of(), folder),
                                        LibraryPacks::open),
                        "list");

        assertThat(run)
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "Pack broken: broken.jar is not a ZIP file: build it with Maven,"
                                        + " Gradle or the jar command.\n"));
        assertThat(logged.list).isEmpty();
    }
}
