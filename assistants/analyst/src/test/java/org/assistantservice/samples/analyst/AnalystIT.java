package org.assistantservice.samples.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The walk-through and the client of `docs/commander.md`: the packaged service with this pack and
/// the offline model, and no account.
class AnalystIT {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "commander.md");
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir Path folder;
    private @Nullable PackagedService service;

    @AfterEach
    void stopService() throws Exception {
        if (service != null) {
            service.stop();
        }
    }

    @Test
    void theClientOfTheDocumentMakesAnAssistantAndAsksIt() throws Exception {
        try (var files = FakeHttpServer.answering(200, "a,b\n1,2\n")) {
            String uri = start("FETCH_ALLOWED", files.authority());

            List<String> lines =
                    client(
                            uri,
                            files.uri("/data/prices.csv"),
                            "What is the stock price of the symbol \"MSFT\"?",
                            "What can you do?");

            assertThat(lines).hasSize(3);
            JsonNode created = JSON.readTree(lines.get(0));
            assertThat(created.get("file_ids")).hasSize(1);
            assertThat(created.get("tools").asString())
                    .contains("get_stock_price")
                    .doesNotContain("send_email");
            assertThat(JSON.readTree(lines.get(1)).get(1).get("content").asString())
                    .contains("187.44");
            assertThat(JSON.readTree(lines.get(2)).get(0).get("content").asString())
                    .isEqualTo("What can you do?");
        }
    }

    @Test
    void withAddressesRealPricesAreAskedForAndEmailsSent() throws Exception {
        try (var files = FakeHttpServer.answering(200, "{\"price\": 12.75}");
                var webhook = FakeHttpServer.answering(202, "")) {
            String uri =
                    start(
                            "FETCH_ALLOWED",
                            files.authority(),
                            "QUOTE_URL",
                            files.uri("/quotes/{symbol}"),
                            "QUOTE_PATH",
                            "/price",
                            "EMAIL_URI",
                            webhook.uri("/mail"));

            List<String> lines =
                    client(
                            uri,
                            files.uri("/data/prices.csv"),
                            "What is the stock price of the symbol \"MSFT\"?",
                            "Please send email to \"ann@example.com\" with the content \"A &amp; B\"");

            assertThat(JSON.readTree(lines.get(1)).get(1).get("content").asString())
                    .contains("12.75");
            assertThat(lines.get(2)).contains("Email sent");
            assertThat(webhook.requests())
                    .extracting(FakeHttpServer.Request::body)
                    .containsExactly("{\"to\":\"ann@example.com\",\"content\":\"A & B\"}");
        }
    }

    /// Starts the service and returns its address.
    private String start(String... settings) throws IOException, InterruptedException {
        PackagedService started = PackagedService.start(folder, settings);
        service = started;
        return started.uri();
    }

    /// Runs the document's program and returns what it printed.
    private List<String> client(String uri, String file, String... prompts)
            throws IOException, InterruptedException {
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf("```java\n") + "```java\n".length();
        Path program =
                Files.writeString(
                        folder.resolve("Commander.java"),
                        document.substring(start, document.indexOf("```", start)));
        Process client =
                new ProcessBuilder(
                                PackagedService.java(),
                                program.toString(),
                                uri,
                                "ann@example.com",
                                file)
                        .redirectErrorStream(true)
                        .start();
        try (var in = client.outputWriter(StandardCharsets.UTF_8)) {
            in.write(String.join("\n", prompts) + "\n");
        }
        List<String> lines = client.inputReader(StandardCharsets.UTF_8).readAllLines();
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
