package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a start loads, and what it leaves.
class BootIT {
    private static final List<String> TABLES = List.of("threads", "messages", "runs", "run_events");

    @TempDir private Path folder;

    @Test
    void noneOfGooglesLibrariesIsLoadedUnlessTheirStoreIsOn() throws Exception {
        Path loaded = folder.resolve("classes.log");
        var service =
                ServiceProcess.in(folder)
                        .with("REHEARSAL_LIMIT", "30s")
                        .jvm("-Xlog:class+load:file=" + loaded + ":none");
        TestPack.drop(service);

        try (service) {
            service.start();
        }

        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes)
                .anyMatch(it -> it.startsWith("org.assistantservice.run.RunLoop "))
                .noneMatch(it -> it.startsWith("com.google."))
                .noneMatch(it -> it.startsWith("io.grpc."))
                .noneMatch(it -> it.startsWith("io.opencensus."));
    }

    @Test
    void theRehearsalAsksNoModelAndLeavesNothing() throws Exception {
        try (var model = ScriptedModelServer.start()) {
            model.answer(_ -> Turn.text("Nobody asks."));
            var service =
                    ServiceProcess.in(folder)
                            .with("OPENAI_BASE_URL", model.baseUrl())
                            .with("LOGGING_LEVEL", "DEBUG")
                            .with("REHEARSAL_LIMIT", "30s");
            TestPack.drop(service);

            try (service) {
                service.start();
            }

            assertThat(service.log())
                    .contains("Registered assistant ", "The rehearsal went well")
                    .doesNotContain(
                            "The rehearsal failed",
                            "Registered assistant 'Rehearsal'",
                            "SSE connection established");
            assertThat(service.log().indexOf("The rehearsal went well"))
                    .isLessThan(service.log().indexOf("assistant-service ready on "));
            assertThat(model.requests()).isEmpty();
            assertThat(service.dataDir().resolve(".rehearsal")).doesNotExist();
            assertThat(rows(service.dataDir())).containsOnly(0L);
        }
    }

    @Test
    void aRehearsalThatTakesTooLongGoesOnAsideWhileTheServiceServes() throws Exception {
        try (var service = ServiceProcess.in(folder)) {
            service.with("LOGGING_LEVEL", "DEBUG").with("REHEARSAL_LIMIT", "1ms").start();

            assertThat(new ChatApi(service).chat("new", "hi").statusCode()).isEqualTo(200);

            assertThat(service.log()).contains("The rehearsal goes on or failed");
            Path rehearsal = service.dataDir().resolve(".rehearsal");
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(rehearsal));
            assertThat(service.log()).doesNotContain("The rehearsal failed");
        }
    }

    /// The framework takes settings under their full names too, from the environment and from
    /// system properties. What is told in that way must reach the service, and never its rehearsal.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRehearsalHeedsNoneOfTheUsersSettingsUnderTheirFullNames(boolean isVariable)
            throws Exception {
        try (var model = ScriptedModelServer.start()) {
            model.answer(_ -> Turn.text("Nobody asks."));
            Path store = Files.createDirectories(folder.resolve("store"));
            Path configs = folder.resolve("configs");
            var service =
                    ServiceProcess.in(folder)
                            .with("LOGGING_LEVEL", "DEBUG")
                            .with("REHEARSAL_LIMIT", "30s");
            Map<String, Object> settings =
                    Map.of(
                            "assistant-service.store.directory",
                            store,
                            "assistant-service.assistants.configs-directory",
                            configs,
                            "assistant-service.model.provider",
                            "openai",
                            "assistant-service.model.base-url",
                            model.baseUrl(),
                            "assistant-service.model.api-key",
                            "the-users-key",
                            "micronaut.server.port",
                            service.port(),
                            // Not in our own file: with it the port above counts for nothing.
                            "micronaut.server.netty.listeners.users.port",
                            service.port());
            settings.forEach((name, value) -> tell(service, isVariable, name, value));
            TestPack.drop(service);

            try (service) {
                service.start();

                assertThat(service.log()).contains("The rehearsal went well");
                assertThat(lockedInodes()).contains(inode(store));
                assertThat(Files.exists(store.resolve("assistant-service.db"))).isTrue();
                assertThat(files(configs)).noneMatch(text -> text.contains("Rehearsal"));
                assertThat(model.requests()).isEmpty();
            }

            assertThat(rows(store)).containsOnly(0L);
            assertThat(store.resolve(".rehearsal")).doesNotExist();
        }
    }

    private static void tell(
            ServiceProcess service, boolean isVariable, String name, Object value) {
        if (isVariable) {
            service.with(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value);
        } else {
            service.jvm("-D" + name + "=" + value);
        }
    }

    private static String inode(Path store) throws IOException {
        return Files.getAttribute(store.resolve("assistant-service.lock"), "unix:ino").toString();
    }

    /// Files that some process has locked; see `man 5 proc_locks`.
    private static List<String> lockedInodes() throws IOException {
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            return locks.map(lock -> lock.replaceFirst(".*:([0-9]+) .*", "$1")).toList();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static List<Long> rows(Path dataDir) throws Exception {
        List<Long> rows = new ArrayList<>();
        String database = "jdbc:sqlite:" + dataDir.resolve("assistant-service.db");
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (var count = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    rows.add(count.getLong(1));
                }
            }
        }
        return rows;
    }
}
