package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a client of brainstorm may send, and that its settings matter to nobody else.
class BrainstormLimitsIT {
    @TempDir Path folder;

    @Test
    void aMessageTooManyIsRefusedAfterTheTurnUnderWay() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServiceProcess service = prepared(model)) {
            CountDownLatch answer = new CountDownLatch(1);
            model.onTag("slow", Turn.text("slow ").pauseUntil(answer).then("answer"))
                    .onTag("next", Turn.text("next answer"));
            service.with("ASSISTANT_SERVICE_SOCKETS_MAX_WAITING", "1").start();

            try (var socket = new ChatSocketClient(service)) {
                socket.say("busy", "slow");
                org.awaitility.Awaitility.await().until(() -> !model.requests().isEmpty());
                socket.say("busy", "next").say("busy", "one too many");
                // Its answer shows that those before it were read.
                socket.send("{}").turn();
                answer.countDown();
                List<JsonNode> slow = socket.turn();
                List<JsonNode> next = socket.turn();
                List<JsonNode> refused = socket.turn();

                assertThat(ChatSocketClient.values(slow, "message")).containsExactly("slow answer");
                assertThat(ChatSocketClient.values(next, "message")).containsExactly("next answer");
                assertThat(refused)
                        .extracting(ChatSocketClient::tag)
                        .containsExactly("error", "done");
                assertThat(refused.getFirst().get("chatId").asString()).isEqualTo("busy");
                assertThat(refused.getFirst().get("error").asString())
                        .startsWith("Too many messages are waiting (correlation_id: ");
            }
        }
    }

    @Test
    void itsSettingsDoNotStopAServiceThatIsWithoutIt() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServiceProcess service = prepared(model)) {
            service.with("PROTOCOLS", "chat, openai")
                    .with("SQL_CONN_STR", "mssql://user:secret@elsewhere/db")
                    .with("BRAINSTORM_MIN_CHARS", "many")
                    .with("MAX_HISTORY_MESSAGES", "some")
                    .arguments("--cors", "*")
                    .start();

            assertThat(new ChatApi(service).get("/health").statusCode()).isEqualTo(200);
            assertThat(service.log()).doesNotContain("secret");
        }
    }

    private ServiceProcess prepared(ScriptedModelServer model) throws Exception {
        ServiceProcess service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456");
        IdeaPack.drop(service);
        return service;
    }
}
