package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.blackbox.JellySocket.Event.finalMessage;
import static org.assistantservice.blackbox.JellySocket.Event.token;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 23, 32 and 34 of JellyChat, and its switch: each with a service of its own.
class JellyLifeIT {
    private static final String ENGINE = "-Dassistant-service.jellychat.engine.";

    @TempDir Path folder;

    @Test
    void case23_aConnectionIsKeptByPongsWhileTheModelIsSilent() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        try (JellyService running = JellyService.in(folder, ENGINE + "ping-interval=300ms");
                JellySocket socket = JellySocket.connected(running.service())) {
            running.model().onTag("case 23", Turn.text("").pauseUntil(silence).then("At last."));
            socket.ask("23", "case 23");

            for (int i = 0; i < 3; i++) {
                assertThat(socket.next()).isEqualTo("2");
                socket.send("3");
            }
            silence.countDown();

            assertThat(socket.turn()).containsExactly(token("At last."), finalMessage("At last."));
        }
    }

    @Test
    void case23_aConnectionWithoutPongsIsClosed() throws Exception {
        try (JellyService running =
                        JellyService.in(
                                folder,
                                ENGINE + "ping-interval=200ms",
                                ENGINE + "ping-timeout=200ms");
                JellySocket socket = JellySocket.connected(running.service())) {
            JellyPoller poller = JellyPoller.open(running.service());

            assertThat(socket.next()).isEqualTo("2");
            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(poller.until("1")).containsExactly("2", "1");
            assertThat(poller.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aPollerGetsItsAnswerThoughTheServiceStops() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (JellyService running = JellyService.in(folder)) {
            running.model().onTag("drain", Turn.text("Almost ").pauseUntil(goOn).then("done."));
            JellyPoller poller = JellyPoller.open(running.service());
            poller.send("40");
            poller.until("40");
            poller.send("42[\"user_message\",\"drain\",\"drain\"]");
            poller.until("42[\"final_answer_token\"");

            running.service().terminate();
            org.awaitility.Awaitility.await()
                    .until(() -> running.service().log().contains("Stopping: no new turns"));
            goOn.countDown();

            assertThat(poller.until("1"))
                    .endsWith("42[\"final_message\",{\"message\":\"Almost done.\"}]", "1");
            assertThat(running.service().waitForExit()).isIn(0, 143);
        }
    }

    @Test
    void case32_aRestartForgetsNothing() throws Exception {
        try (JellyService running = JellyService.in(folder)) {
            running.model().onTag("case 32", Turn.text("Before."), Turn.text("After."));
            running.api().ask("32", "case 32");
            List<String> before = seen(running.api());

            running.service().terminate();
            running.service().waitForExit();
            running.service().start();

            assertThat(seen(running.api())).isEqualTo(before);
            assertThat(running.api().ask("32", "case 32")).isEqualTo("After.");
            assertThat(running.api().rows("32")).hasSize(5);
        }
    }

    @Test
    void case32_aTurnThatAKillCutOffIsFinishedAndStandsInTheHistory() throws Exception {
        try (JellyService running = JellyService.in(folder)) {
            running.model()
                    .onTag("case 32 kill", Turn.text("Cut ").hang(), Turn.text("Made ", "again."));
            try (JellySocket socket = JellySocket.connected(running.service())) {
                socket.ask("32 kill", "case 32 kill").next();
                running.service().kill();
            }

            running.service().start();

            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(40))
                    .untilAsserted(() ->
                            assertThat(running.api().rows("32 kill").stream().skip(1))
                                    .containsExactly("human: case 32 kill", "jelly: Made again."));
        }
    }

    @Test
    void case32_aTurnWhoseCallerWasNeverAnsweredStandsInTheHistory() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServiceProcess service = JellyService.prepared(folder, model)) {
            model.onTag("case 32 lost", Turn.text("Found."));
            var api = new JellyApi(service);
            service.with("FAILPOINT", "before-ack:1:halt").jvm("-Dfailpoints=on").start();
            assertThatThrownBy(() -> api.ask("32 lost", "case 32 lost"))
                    .isInstanceOf(IOException.class);
            service.waitForExit();

            service.without("FAILPOINT").start();

            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(40))
                    .untilAsserted(() ->
                            assertThat(api.get("/messages_answers").body())
                                    .contains("case 32 lost", "Found."));
            assertThat(api.get("/human_message_count").body()).contains("\"status\":1,");
            assertThat(api.rows("32 lost").stream().skip(1))
                    .containsExactly("human: case 32 lost", "jelly: Found.");
        }
    }

    @Test
    void case34_withKeysEachHasItsOwnUsersAndOneMayReadAllQuestions() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServiceProcess service = JellyService.prepared(folder, model)) {
            service.with("API_KEYS", "anna:key-a,ben:key-b,boss:key-c,anonymous:key-d")
                    .with("ADMINISTRATORS", "boss")
                    .start();
            model.onTag("case 34", Turn.text("Yes."));
            var api = new JellyApi(service);
            String question = "{\"user_token\":\"34\",\"message\":\"case 34\"}";

            assertThat(api.post("/user_message", question).statusCode()).isEqualTo(401);
            assertThat(api.post("/user_message", question, "X-API-Key", "key-a").statusCode())
                    .isEqualTo(200);

            assertThat(historySize(api, "key-a")).isEqualTo(3);
            assertThat(historySize(api, "key-b")).isEqualTo(1);
            HttpResponse<String> refused = api.get("/messages_answers", "X-API-Key", "key-a");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).isEqualTo("{\"error\":\"Unauthorized\"}");
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
            assertThat(api.get("/messages_answers", "X-API-Key", "key-d").statusCode())
                    .isEqualTo(401);
            JsonNode all = ChatApi.json(api.get("/messages_answers", "X-API-Key", "key-c"));
            assertThat(all.get(0).get("question").stringValue()).isEqualTo("case 34");
            assertThat(api.get("/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(401);
            try (JellySocket socket = JellySocket.connected(service, "X-API-Key", "key-b")) {
                model.onTag("as ben", Turn.text("Ben."));
                assertThat(socket.ask("34", "as ben").turn()).endsWith(finalMessage("Ben."));
            }
            assertThat(historySize(api, "key-a")).isEqualTo(3);
        }
    }

    @Test
    void whatIsSwitchedOffIsNotThere() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServiceProcess service = JellyService.prepared(folder, model)) {
            service.with("PROTOCOLS", "chat,openai").start();
            var api = new JellyApi(service);
            var raw = new RawClient(service);

            List<Integer> statuses = new ArrayList<>();
            statuses.add(api.post("/user_message", "{}").statusCode());
            statuses.add(api.post("/history", "{}").statusCode());
            statuses.add(api.get("/messages_answers").statusCode());
            statuses.add(api.get("/human_message_count").statusCode());
            statuses.add(api.get("/socket.io/?EIO=4&transport=polling").statusCode());
            String socket = "/socket.io/?EIO=4&transport=websocket";
            statuses.add(raw.http(RawClient.handshake(socket, "")).status());

            assertThat(statuses).containsOnly(404);
            assertThat(api.get("/messages_answers").body()).startsWith("{\"detail\":");
        }
    }

    @Test
    void theListOfQuestionsCanBeSwitchedOff() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServiceProcess service = JellyService.prepared(folder, model)) {
            service.with("JELLYCHAT_LISTS_QUESTIONS", "false").start();

            HttpResponse<String> answer = new JellyApi(service).get("/messages_answers");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("{\"error\":\"Not Found\"}");
        }
    }

    private static int historySize(JellyApi api, String key) throws Exception {
        String body = api.post("/history", "{\"user_token\":\"34\"}", "X-API-Key", key).body();
        return tools.jackson.databind.json.JsonMapper.shared().readTree(body).size();
    }

    private static List<String> seen(JellyApi api) throws Exception {
        return List.of(
                api.history("32").toString(),
                api.get("/messages_answers").body(),
                api.get("/human_message_count").body());
    }
}
