package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The acceptance cases of brainstorm that need settings or a service of their own.
class BrainstormSettingsIT {
    @TempDir Path folder;
    private ScriptedModelServer model;
    private ServiceProcess service;

    @BeforeEach
    void prepareService() throws Exception {
        model = ScriptedModelServer.start();
        service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456");
        IdeaPack.drop(service);
    }

    @AfterEach
    void stopService() throws Exception {
        service.close();
        model.close();
    }

    @Test
    void case5and13_piecesComeAsTheyAreAndARestartKeepsChatsAndTheAssistant() throws Exception {
        model.onTag("case 5", Turn.text("a", "b ", " c").pace(Duration.ofMillis(50)))
                .onTag("case 13", Turn.text("Of course."));
        service.with("BRAINSTORM_MIN_CHARS", "0").start();
        JsonNode assistants = assistants();

        List<JsonNode> turn;
        try (var socket = connect()) {
            turn = socket.ask("old", "case 5");
        }
        restart();
        restart();
        try (var socket = connect()) {
            socket.ask("old", "case 13");
        }

        assertThat(turn)
                .extracting(it -> it.path("chunk").asString("-"))
                .containsExactly("a", "b ", " c", "", "-");
        assertThat(model.requests().getLast().body().toString()).contains("case 5", "ab  c");
        assertThat(assistants()).isEqualTo(assistants);
        assertThat(assistants.toString()).contains(IdeaPack.NAME);
    }

    @Test
    void case18_anExpiredRunIsAnErrorWithOneDone() throws Exception {
        model.onTag("case 18 silent", Turn.text("Wait, I am thinking…").hang())
                .onTag("case 18 action", Turn.of(call("call_1", "ponder", "{\"millis\":30000}")));
        service.with("ASSISTANT_SERVICE_RUN_DEADLINE", "2s").start();

        try (var socket = connect()) {
            List<JsonNode> silent = socket.ask("case18", "case 18 silent");
            List<JsonNode> action = socket.ask("case18", "case 18 action");

            assertThat(silent)
                    .extracting(ChatSocketClient::tag)
                    .containsExactly("message", "message", "error", "done");
            assertThat(silent.get(2).get("error").asString()).startsWith("Run expired (");
            assertThat(action).extracting(ChatSocketClient::tag).containsExactly("error", "done");
            assertThat(socket.send("{}").turn()).hasSize(2);
            assertThat(socket.poll()).isNull();
        }
    }

    @Test
    void aCancelledRunAndAStoppingServiceAreErrorsWithOneDone() throws Exception {
        model.onTag("cancelled", Turn.text("Twenty characters and more").hang())
                .onTag("stopped", Turn.text("Twenty characters and more").hang());
        service.start();

        try (var socket = connect()) {
            socket.say("c", "cancelled");
            socket.next();
            cancelRun();
            List<JsonNode> cancelled = socket.turn();
            socket.say("s", "stopped");
            socket.next();
            service.terminate();
            List<JsonNode> stopped = socket.turn();

            assertThat(cancelled)
                    .extracting(ChatSocketClient::tag)
                    .containsExactly("message", "error", "done");
            assertThat(cancelled.get(1).get("error").asString()).startsWith("Run cancelled (");
            assertThat(stopped)
                    .extracting(ChatSocketClient::tag)
                    .containsExactly("message", "error", "done");
            assertThat(stopped.get(1).get("error").asString())
                    .startsWith("Service is restarting (");
            assertThat(socket.closeCode()).isEqualTo(1012);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_CONNECTION_STRING", "SQL_CONN_STR"})
    void case26_theConnectionStringNamesTheDatabase(String variable) throws Exception {
        model.onTag("case 26", Turn.text("Kept."));
        Path database = folder.resolve("elsewhere/chats/mine.db");
        service.with(variable, "sqlite:///" + database).start();

        try (var socket = connect()) {
            socket.ask("case26", "case 26");
        }

        assertThat(database).isNotEmptyFile();
        assertThat(service.dataDir().resolve("assistant-service.db")).doesNotExist();
    }

    @Test
    void case27_aChatIdBelongsToTheKeyThatUsedItFirst() throws Exception {
        model.onTag("case 27 mine", Turn.text("Your secret is safe."))
                .onTag("case 27 theirs", Turn.text("Who are you?"));
        service.with("API_KEYS", "ann:key-a,ben:key-b").start();

        try (var ann = new ChatSocketClient(service, "X-API-Key: key-a");
                var ben = new ChatSocketClient(service, "Authorization: Bearer key-b");
                var nobody = new ChatSocketClient(service)) {
            ann.ask("case27", "case 27 mine");
            List<JsonNode> answer = ben.ask("case27", "case 27 theirs");

            assertThat(ChatSocketClient.values(answer, "message")).containsExactly("Who are you?");
            assertThat(model.requests().getLast().body().toString())
                    .doesNotContain("case 27 mine", "secret");
            assertThat(nobody.head()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void theSettingsNameTheAssistantAndSwitchTheProtocolOff() throws Exception {
        Path other = Files.createDirectories(service.assistantsDir().resolve("other"));
        Files.writeString(
                other.resolve("assistant.json"),
                """
                {"assistant_name": "Muse", "initial_message": "Hi", "instructions": "You are Muse.",
                 "model": "scripted", "function_names": []}
                """);
        model.onTag("by name", Turn.text("x")).onTag("alone", Turn.text("x"));

        service.with("BRAINSTORM_ASSISTANT_ID", "Muse").start();
        String byName = instructions("by name");
        service.without("BRAINSTORM_ASSISTANT_ID")
                .with("ASSISTANT_ID", "Muse")
                .with("PROTOCOLS", "brainstorm");
        restart();
        String alone = instructions("alone");
        int post = new ChatApi(service).post("/chat", "{}").statusCode();
        service.with("PROTOCOLS", "openai");
        restart();

        assertThat(byName).contains("You are Muse.");
        assertThat(alone).contains("You are Muse.");
        assertThat(post).isEqualTo(404);
        try (var off = connect()) {
            assertThat(off.head()).startsWith("HTTP/1.1 404 ");
        }
        assertThat(new ChatApi(service).get("/chat").statusCode()).isEqualTo(404);
    }

    @Test
    void aMissingAssistantIsAnErrorWithOneDone() throws Exception {
        service.with("BRAINSTORM_ASSISTANT_ID", "Nobody").start();

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("c", "hello");

            assertThat(turn).extracting(ChatSocketClient::tag).containsExactly("error", "done");
            assertThat(turn.getFirst().get("error").asString())
                    .startsWith("Assistant not found (correlation_id: ");
        }
    }

    private String instructions(String tag) throws Exception {
        try (var socket = connect()) {
            socket.ask(tag, tag);
        }
        return model.requests().getLast().body().get("messages").toString();
    }

    /// No frame names a run, so its id is looked up where it is kept.
    private void cancelRun() throws Exception {
        Path database = service.dataDir().resolve("assistant-service.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet run =
                        statement.executeQuery(
                                "SELECT id FROM runs WHERE status = 'in_progress'")) {
            assertThat(run.next()).isTrue();
            String path = "/runs/" + run.getString("id") + "/cancel";
            assertThat(new ChatApi(service).post(path, "").statusCode()).isEqualTo(200);
        }
    }

    private JsonNode assistants() throws Exception {
        return ChatApi.json(new ChatApi(service).get("/assistants"));
    }

    private void restart() throws Exception {
        service.close();
        service.start();
    }

    private ChatSocketClient connect() throws IOException {
        return new ChatSocketClient(service);
    }
}
