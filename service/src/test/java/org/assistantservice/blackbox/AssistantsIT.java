package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Acceptance cases 35 and 39: several assistants from several files, and what the log shows.
class AssistantsIT {
    @TempDir static Path folder;
    private static RunningService running;

    @BeforeAll
    static void startService() throws Exception {
        Path configs = Files.createDirectories(folder.resolve("data").resolve("configs"));
        register(configs, "Numbers", "number");
        register(configs, "Truths", "truth");
        register(configs, "Cities", "cities");
        running = RunningService.in(folder, "ASSISTANT_ID", TestPack.NAME, "LOG_FORMAT", "json");
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void case35_everyAssistantGreetsWithItsOwnWordsAndTheDefaultServesWhoNamesNone()
            throws Exception {
        for (String name : List.of("Numbers", "Truths", "Cities")) {
            assertThat(greeting("/start?assistant_id=" + name)).isEqualTo("Hello from " + name);
        }
        assertThat(greeting("/start")).isEqualTo(TestPack.GREETING);
        assertThat(running.api().get("/start?assistant_id=Nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void case35_anActionOfOneAssistantCannotBeCalledInAnother() throws Exception {
        running.model()
                .onTag("case 35", Turn.of(call("call_1", "truth", "{}")), Turn.text("Sorry."));

        HttpResponse<String> answer =
                running.api()
                        .post(
                                "/chat",
                                """
                                {"thread_id": "new", "message": "case 35", "assistant_id": "Numbers"}\
                                """);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode asked = running.model().requests().getLast().body();
        assertThat(asked.get("tools")).hasSize(1);
        assertThat(asked.get("messages").toString())
                .contains("Function 'truth' not available (correlation_id: ");
    }

    @Test
    void case39_everyLineOfTheLogIsJsonAndShowsNeitherTheKeyNorTheMessages() throws Exception {
        running.model().onTag("case 39 secret words", Turn.text("an answer nobody should log"));

        String correlation;
        try (SseClient stream = running.api().stream("new", "case 39 secret words")) {
            stream.readAll();
            correlation = stream.header("X-Correlation-ID");
        }

        List<JsonNode> lines = new ArrayList<>();
        for (String line : running.service().log().lines().toList()) {
            lines.add(JsonMapper.shared().readTree(line));
        }
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.propertyNames())
                                .contains("timestamp", "level", "logger", "message"));
        assertThat(lines)
                .filteredOn(line -> line.path("correlation_id").asString("").equals(correlation))
                .isNotEmpty();
        assertThat(running.service().log())
                .doesNotContain("sk-canary-123456", "secret words", "nobody should log");
    }

    private static String greeting(String path) throws Exception {
        return ChatApi.json(running.api().get(path)).get("initial_message").asString();
    }

    private static void register(Path configs, String name, String function) throws IOException {
        Files.writeString(
                configs.resolve(name.toLowerCase(Locale.ROOT) + ".json"),
                """
                {"assistant_name": "%s", "initial_message": "Hello from %s",
                 "instructions": "x", "model": "scripted", "function_names": ["weather.%s"]}
                """
                        .formatted(name, name, function));
    }
}
