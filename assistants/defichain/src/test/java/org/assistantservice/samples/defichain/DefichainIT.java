package org.assistantservice.samples.defichain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The walk-through of `docs/jellychat.md`: the packaged service with this pack and the offline
/// model.
class DefichainIT {
    private static final Path SERVICE =
            Path.of("..", "..", "service", "target", "assistant-service.jar").toAbsolutePath();
    private static final String READY = "assistant-service ready on ";

    @TempDir static Path folder;
    private static Process service;
    private static int port;

    @BeforeAll
    static void startService() throws Exception {
        Path pack = Files.createDirectories(folder.resolve("assistants/defichain/lib"));
        copy(Path.of("lib"), pack);
        for (String file : new String[] {"defichain-actions.jar", "assistant.json"}) {
            Files.copy(Path.of(file), pack.resolveSibling(file));
        }
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Path log = folder.resolve("log");
        service = started(log);
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

    @Test
    void aNewUserIsGreeted() throws Exception {
        assertThat(post("/history", "{\"user_token\":\"new\"}"))
                .contains("\"message_type\":\"jelly\"")
                .contains("Hi there, it's Jelly");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Use the Calculator for the expression \"2*(3+4)\"|14|Let's do the math together",
                "defichain wiki knowledge: \"masternode collateral\"|20,000 DFI"
                        + "|I'll go look this up in the DeFiChainWiki for you"
            })
    void anActionIsCalledAndItsResultShown(String message, String result, String sentence)
            throws Exception {
        String token = "user of " + result;
        String body =
                "{\"user_token\":\"%s\",\"message\":\"%s\"}"
                        .formatted(token, message.replace("\"", "\\\""));

        assertThat(post("/user_message", body)).contains(result);

        assertThat(post("/history", "{\"user_token\":\"%s\"}".formatted(token)))
                .contains("\"message_type\":\"tool\",\"content\":\"" + sentence);
    }

    private static Process started(Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-jar", SERVICE.toString());
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
        return builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String post(String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
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
