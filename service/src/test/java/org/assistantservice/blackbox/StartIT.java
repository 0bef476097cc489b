package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the packaged service starts, and how it refuses to: acceptance case 36 and its neighbours.
class StartIT {
    private static final int WRONG_CONFIGURATION = 2;
    private static final int STORE_UNUSABLE = 3;

    @TempDir Path folder;
    private ServiceProcess service;

    @BeforeEach
    void prepare() throws Exception {
        service = ServiceProcess.in(folder);
    }

    @Test
    void case36_withoutAnyVariableTheOfflineModelAnswers() throws Exception {
        for (String name : new String[] {"HOST", "PORT", "DATA_DIR", "ASSISTANTS_DIR"}) {
            service.without(name);
        }

        try (var running = service.arguments("--port", "" + service.port()).start()) {
            HttpResponse<String> answer = new ChatApi(running).chat("new", "hi");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(ChatApi.json(answer).get("responses").get(0).asString())
                    .contains("offline model");
            assertThat(running.log()).contains("No OPENAI_API_KEY provided");
            assertThat(running.workingFolder().resolve("data/assistant-service.db")).exists();
        }
    }

    @Test
    void case36_productionNamesAllThreeMissingVariablesInOneMessage() throws Exception {
        int code = service.with("ENVIRONMENT", "production").startAndWaitForExit();

        assertThat(code).isEqualTo(WRONG_CONFIGURATION);
        assertThat(service.log())
                .contains(
                        "OPENAI_API_KEY is required when ENVIRONMENT is production",
                        "PROJECT_ID is required when ENVIRONMENT is production",
                        "BUCKET_ID is required when ENVIRONMENT is production")
                .doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "LOGGING_LEVEL, LOUD, 'LOGGING_LEVEL must be one of CRITICAL, DEBUG, ERROR, INFO, WARNING'",
        "STREAM, file, 'STREAM must be one of stderr, stdout'",
        "ENVIRONMENT, test, 'ENVIRONMENT must be one of development, production'",
        "ASSISTANT_SERVICE_CONNECTIONS_IDLE_TIME, -1s, assistant-service.connections.idle-time must be more than 0s",
        "ASSISTANT_SERVICE_CONNECTIONS_MOST, 0, assistant-service.connections.most must be at least 1",
        "ASSISTANT_SERVICE_RUN_LEASE, soon, 'assistant-service.run.lease must be a time such as 500ms, 10s or 5m'"
    })
    void case36_aWrongValueIsNamedWithTheAllowedOnes(String name, String value, String rule)
            throws Exception {
        int code = service.with(name, value).startAndWaitForExit();

        assertThat(code).isEqualTo(WRONG_CONFIGURATION);
        assertThat(service.log())
                .contains("%s but is '%s'".formatted(rule, value))
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void everyWrongValueIsNamedAtOnce() throws Exception {
        int code =
                service.with("PORT", "eighty")
                        .with("SSE_HEARTBEAT_INTERVAL", "-1")
                        .with("TOOL_EXECUTOR_TYPE", "magic")
                        .startAndWaitForExit();

        assertThat(code).isEqualTo(WRONG_CONFIGURATION);
        assertThat(service.log()).contains("PORT", "SSE_HEARTBEAT_INTERVAL", "TOOL_EXECUTOR_TYPE");
    }

    @Test
    void aSecondProcessOnTheSameDataRefusesWithOneLine() throws Exception {
        try (var first = service.start();
                var second = ServiceProcess.in(Files.createDirectories(folder.resolve("two")))) {
            int code = second.with("DATA_DIR", first.dataDir()).startAndWaitForExit();

            assertThat(code).isEqualTo(STORE_UNUSABLE);
            assertThat(lastLine(second)).contains("in use by another process");
            assertThat(second.log()).doesNotContain("Exception", "\tat ");
            assertThat(new ChatApi(first).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"not a database at all", "''"})
    void aDamagedDatabaseStopsTheStartAndIsLeftAsItIs(String content) throws Exception {
        Path file = Files.createDirectories(service.dataDir()).resolve("assistant-service.db");
        Files.writeString(file, content.repeat(200));

        int code = service.startAndWaitForExit();

        assertThat(code).isEqualTo(STORE_UNUSABLE);
        assertThat(lastLine(service)).startsWith("The database " + file);
        assertThat(service.log()).doesNotContain("\tat ");
        assertThat(Files.readString(file)).isEqualTo(content.repeat(200));
    }

    @Test
    void aDatabaseServerIsRefusedWithoutShowingItsAddress() throws Exception {
        int code =
                service.with("DATABASE_URL", "jdbc:postgresql://user:geheim@db/x")
                        .startAndWaitForExit();

        assertThat(code).isEqualTo(WRONG_CONFIGURATION);
        assertThat(service.log()).contains("DATABASE_URL").doesNotContain("geheim", "\tat ");
    }

    @Test
    void aDiskThatDoesNotLastIsRefusedUnlessItIsAccepted() throws Exception {
        int code = service.with("K_SERVICE", "assistant").startAndWaitForExit();

        assertThat(code).isEqualTo(STORE_UNUSABLE);
        assertThat(lastLine(service)).contains("ALLOW_EPHEMERAL_STORE=true");
        try (var running = service.with("ALLOW_EPHEMERAL_STORE", "true").start()) {
            assertThat(new ChatApi(running).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseEndsTheProcessWithAClearMessage() throws Exception {
        try (var taken = new ServerSocket(service.port(), 1, InetAddress.getLoopbackAddress())) {
            int code = service.startAndWaitForExit();

            assertThat(code).isEqualTo(1);
            assertThat(lastLine(service))
                    .isEqualTo(
                            "Cannot start: cannot listen on 127.0.0.1:%d: Address already in use"
                                    .formatted(taken.getLocalPort()));
            assertThat(service.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void aDotEnvFileIsReadAndARealVariableWins() throws Exception {
        Files.writeString(
                service.workingFolder().resolve(".env"),
                """
                # settings of this folder
                PORT=1
                export LOG_FORMAT="json"
                ASSISTANT_ID='Weather Assistant'
                """);
        TestPack.drop(service);

        try (var running = service.start()) {
            assertThat(ChatApi.json(new ChatApi(running).get("/start")).get("initial_message"))
                    .hasToString("\"" + TestPack.GREETING + "\"");
            assertThat(running.log().lines()).allMatch(line -> line.startsWith("{"));
        }
    }

    @Test
    void aLaunchOptionWinsOverTheVariable() throws Exception {
        service.with("PORT", 1);

        try (var running = service.arguments("--port=" + service.port(), "--reload").start()) {
            assertThat(new ChatApi(running).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anUnknownOptionIsNamed() throws Exception {
        int code = service.arguments("--prot", "80").startAndWaitForExit();

        assertThat(code).isEqualTo(WRONG_CONFIGURATION);
        assertThat(service.log()).contains("Unknown option '--prot'").doesNotContain("\tat ");
    }

    private static String lastLine(ServiceProcess service) {
        return service.log().lines().reduce("", (_, line) -> line);
    }
}
