package org.assistantservice.scripts.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.CommandRun;
import org.assistantservice.scripts.SettingsForTests;
import org.assistantservice.scripts.pack.ClassPathPacks;
import org.assistantservice.scripts.pack.ShopActions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final String SHOP =
            """
            {"assistant_name":"Shop","initial_message":"Hi","instructions":"Sell.",
             "function_names":["price"]}
            """;

    @TempDir private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private HttpServer model;
    private volatile int status = 200;
    private volatile String key = "";

    @BeforeEach
    void start() throws IOException {
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext(
                "/v1/models",
                exchange -> {
                    key = exchange.getRequestHeaders().getFirst("Authorization");
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        model.createContext(
                "/health",
                exchange -> {
                    byte[] body = "{\"status\":\"healthy\"}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        model.start();
        environment.put("PORT", String.valueOf(freePort()));
    }

    @AfterEach
    void stop() {
        model.stop(0);
    }

    @Test
    void aSoundInstallationIsSaidToBeSo() throws IOException {
        assistant(SHOP);

        CommandRun run = doctor();

        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "✅ java       Java 25",
                        "✅ port       Port %s is free\n".formatted(environment.get("PORT")),
                        "✅ store      SQLite in %s, which can be written\n"
                                .formatted(folder.resolve("data")),
                        "✅ model      The offline model answers; set OPENAI_API_KEY to ask a real"
                                + " one\n",
                        "✅ pack       shop: price\n",
                        "✅ assistant  %s: Shop, 1 functions\n"
                                .formatted(folder.resolve("assistants/shop/assistant.json")),
                        "  shop.price  strict, READ_ONLY, 10 s\n      {\"type\":\"object\",")
                .endsWith("\nAll is well.\n");
        assertThat(folder.resolve("data")).as("nothing is written").doesNotExist();
    }

    @Test
    void everyProblemHasAFixAndTheExitCodeTells() throws IOException {
        assistant(SHOP.replace("price", "prize"));
        environment.put("OPENAI_API_KEY", "sk-wrong");
        environment.put("OPENAI_BASE_URL", modelUrl());
        status = 401;

        CommandRun run =
                doctor(
                        new PackStatus(
                                "broken",
                                PackStatus.State.REFUSED,
                                "",
                                List.of(),
                                List.of("It has no actions.")));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "❌ model      %s refuses the key with status 401\n".formatted(modelUrl())
                                + "              → Correct OPENAI_API_KEY\n",
                        "❌ pack       broken is refused: It has no actions.\n"
                                + "              → Correct the code, then build the pack again:"
                                + " make package\n",
                        "❌ assistant  %s: /function_names/0: "
                                .formatted(folder.resolve("assistants/shop/assistant.json")))
                .doesNotContain("sk-wrong")
                .endsWith("\nProblems: 3\n");
        assertThat(key).isEqualTo("Bearer sk-wrong");
    }

    @Test
    void aModelThatIsNotThereIsAProblem() throws IOException {
        int port = freePort();
        environment.put("OPENAI_BASE_URL", "http://localhost:%d/v1".formatted(port));

        assertThat(doctor().out())
                .contains(
                        "❌ model      http://localhost:%d/v1 does not answer\n".formatted(port)
                                + "              → Start the endpoint, or correct"
                                + " OPENAI_BASE_URL\n");
    }

    @Test
    void aModelEndpointWithoutAListOfModelsIsAWarning() {
        environment.put("OPENAI_BASE_URL", modelUrl() + "/");
        status = 404;

        CommandRun run = doctor();

        assertThat(run.out())
                .contains(
                        "⚠️ model      %s/models answers with status 404\n".formatted(modelUrl()));
        assertThat(run.exit()).isZero();
    }

    @Test
    void aRunningServiceUsesPortAndStore() {
        environment.put("PORT", String.valueOf(model.getAddress().getPort()));

        assertThat(doctor().out())
                .contains(
                        "✅ port       A healthy service is running on port "
                                + model.getAddress().getPort(),
                        "✅ store      SQLite in %s, in use by the running service\n"
                                .formatted(folder.resolve("data")));
    }

    @Test
    void aPortThatAnotherProgramHasIsAProblem() throws IOException {
        try (var taken = new ServerSocket(0)) {
            taken.setReuseAddress(false);
            Thread.startVirtualThread(() -> closeAll(taken));
            environment.put("PORT", String.valueOf(taken.getLocalPort()));

            assertThat(doctor().out())
                    .contains(
                            "❌ port       Port %d is taken by another program\n"
                                            .formatted(taken.getLocalPort())
                                    + "              → Stop that program, or set PORT to another"
                                    + " number\n");
        }
    }

    @Test
    void aStoreThatCannotBeMadeIsAProblem() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where a folder should be");

        assertThat(doctor().out())
                .contains(
                        "❌ store      Nothing can be written to %s\n"
                                        .formatted(folder.resolve("data"))
                                + "              → Set DATA_DIR to a folder that this user may"
                                + " write to\n");
    }

    @Test
    void aDatabaseThatIsNotThereIsAProblem() throws IOException {
        environment.put(
                "DATABASE_URL",
                "jdbc:postgresql://localhost:%d/x?password=secret".formatted(freePort()));

        assertThat(doctor().out())
                .contains("❌ store      The database of DATABASE_URL cannot be reached\n")
                .doesNotContain("secret");
    }

    @Test
    void aDocumentOfTheStoreIsCheckedToo() throws IOException {
        Path configs = Files.createDirectories(folder.resolve("data/configs"));
        Files.writeString(configs.resolve("old.json"), "{");

        assertThat(doctor().out())
                .contains("❌ assistant  old in %s: is not JSON: ".formatted(configs));
    }

    @Test
    void programsGetJson() throws IOException {
        assistant(SHOP);

        CommandRun run = doctor(new PackStatus[0], "--json");

        assertThat(run.out())
                .startsWith("{\"ok\":true,\"checks\":[{\"check\":\"java\",\"state\":\"ok\",")
                .endsWith(
                        """
                        "actions":[{"pack":"shop","name":"price",\
                        "description":"The price of a product.","strict":true,\
                        "effect":"READ_ONLY","timeout_seconds":10.0,"parameters":\
                        {"type":"object","properties":{"product":{"type":"string",\
                        "description":"Product, e.g. lamp"}},"required":["product"],\
                        "additionalProperties":false}}]}
                        """);
    }

    private CommandRun doctor(PackStatus... refused) {
        return doctor(refused, new String[0]);
    }

    private CommandRun doctor(PackStatus[] refused, String... arguments) {
        return CommandRun.of(
                streams ->
                        new DoctorCommand(
                                streams,
                                () -> SettingsForTests.of(environment, folder),
                                _ -> ClassPathPacks.of("shop", folder, ShopActions.class, refused)),
                arguments);
    }

    private void assistant(String json) throws IOException {
        Path file = folder.resolve("assistants/shop/assistant.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    private String modelUrl() {
        return "http://localhost:%d/v1".formatted(model.getAddress().getPort());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void closeAll(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }
}
