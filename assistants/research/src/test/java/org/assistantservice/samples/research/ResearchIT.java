package org.assistantservice.samples.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The walk-through of `docs/stateless-chat.md`: the packaged service with this pack and the
/// offline model.
class ResearchIT {
    private static final Path SERVICE =
            Path.of("..", "..", "service", "target", "assistant-service.jar").toAbsolutePath();
    private static final String READY = "assistant-service ready on ";

    @TempDir static Path folder;
    private static Process service;
    private static int port;

    @BeforeAll
    static void startService() throws Exception {
        Path pack = Files.createDirectories(folder.resolve("assistants/research/lib"));
        copy(Path.of("lib"), pack);
        Files.copy(Path.of("research-actions.jar"), pack.resolveSibling("research-actions.jar"));
        Files.copy(Path.of("assistant.json"), pack.resolveSibling("assistant.json"));
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Path log = folder.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        SERVICE.toString());
        builder.environment().keySet().removeIf(it -> it.startsWith("OPENAI_"));
        builder.environment()
                .putAll(
                        Map.of(
                                "HOST",
                                "127.0.0.1",
                                "PORT",
                                Integer.toString(port),
                                "DATA_DIR",
                                folder.resolve("data").toString(),
                                "ASSISTANTS_DIR",
                                folder.resolve("assistants").toString(),
                                "REHEARSAL_LIMIT",
                                "0s",
                                "MODEL_PROVIDER",
                                "offline"));
        service =
                builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log).contains(READY)) {
            assertThat(service.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(log))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @AfterAll
    static void stopService() throws Exception {
        service.destroy();
        service.waitFor();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Calculate the expression \"2*(3+4)\"|math_eval|Result of 2*(3+4) = 14",
                "Calculate the expression \"math.sqrt(16)\"|math_eval|Result of math.sqrt(16) = 4.0",
                "Calculate the expression \"__import__('os')\"|math_eval|Error evaluating expression: ",
                "Calculate the expression \"().__class__\"|math_eval|Error evaluating expression: ",
                "What is the current date and time?|get_current_datetime|Current date and time: 2"
            })
    void anActionIsCalledAndItsResultShown(String message, String action, String result)
            throws Exception {
        List<String> lines = ask(message);

        assertThat(lines)
                .anyMatch(it -> it.contains("\"tool_start\"") && it.contains(action))
                .anyMatch(
                        it -> it.contains("\"tool_end\"") && it.contains("\"result\":\"" + result));
        assertThat(lines.getLast()).isEqualTo("data: [DONE]");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/, Only addresses of the public internet can be fetched",
        "http://169.254.169.254/latest/, Only addresses of the public internet can be fetched",
        "file:///etc/hosts, Only http and https addresses can be fetched"
    })
    void theOwnNetworkIsNotRead(String url, String error) throws Exception {
        assertThat(ask("Parse the urls \"%s\"".formatted(url)))
                .anyMatch(it ->
                        it.contains("\"tool_end\"")
                                && it.contains(
                                        "\\\"url\\\":\\\"%s\\\",\\\"error\\\":\\\"%s"
                                                .formatted(url, error)));
    }

    private static List<String> ask(String message) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/openai/chat"))
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"message\":\"%s\"}"
                                                            .formatted(
                                                                    message.replace("\"", "\\\""))))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(it -> it.startsWith("data: "))
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
