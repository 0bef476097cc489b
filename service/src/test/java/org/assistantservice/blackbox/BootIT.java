package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(service.dataDir().resolve("rehearsal")).doesNotExist();
            assertThat(rows(service.dataDir())).containsOnly(0L);
        }
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
