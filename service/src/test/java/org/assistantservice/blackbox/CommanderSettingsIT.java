package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 25 to 28 of the commander protocol: settings and restarts.
class CommanderSettingsIT {
    @TempDir Path folder;
    private RunningCommander running;
    private ScriptedModelServer model;
    private ServiceProcess service;
    private CommanderApi api;
    private String file;

    @BeforeEach
    void prepare() throws Exception {
        running = RunningCommander.prepare(folder);
        model = running.model();
        service = running.service();
        api = running.api();
        file = running.file();
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({"True, true", "true, false", "'', false"})
    void case25_thePageIsServedOnlyIfAskedFor(String setting, boolean isServed) throws Exception {
        service.with("DEPLOY_SPA", setting).start();
        String json = "{\"message\":\"Assistant Engine is running\"}";

        HttpResponse<String> page = root("text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(root("application/json").body()).isEqualTo(json);
        assertThat(root("*/*").body()).isEqualTo(json);
        if (isServed) {
            assertThat(page.headers().firstValue("Content-Type"))
                    .contains("text/html; charset=utf-8");
            assertThat(page.body())
                    .contains("window.base_url", "<title>Assistants API Commander</title>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'; script-src 'sha256-");
            assertThat(page.headers().firstValue("X-Correlation-ID")).isPresent();
        } else {
            assertThat(page.body()).isEqualTo(json);
        }
    }

    private HttpResponse<String> root(String accept) throws Exception {
        return api.http().send(HttpRequest.newBuilder(service.uri("/")).header("Accept", accept));
    }

    @Test
    void case26_withoutVariablesTheOfflineModelAnswersAndNoEmailIsOffered() throws Exception {
        service.without("OPENAI_BASE_URL").without("OPENAI_API_KEY").start();

        JsonNode created = ChatApi.json(api.create("a@b.c", file));
        HttpResponse<String> answer = api.process("a@b.c", "hi");

        assertThat(created.get("tools").asString())
                .contains("get_stock_price")
                .doesNotContain("send_email");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ChatApi.json(answer).get(1).get("content").asString()).contains("offline model");
    }

    @Test
    void case27_usersAndConversationsOutliveARestart() throws Exception {
        service.start();
        api.create("a@b.c", file);
        model.onTag("remember", Turn.text("I will."), Turn.text("Seven."));
        api.process("a@b.c", "remember seven");
        String status = api.status("a@b.c").body();

        service.kill();
        service.start();

        assertThat(api.status("a@b.c").body()).isEqualTo(status);
        api.process("a@b.c", "remember what?");
        assertThat(model.requests().getLast().body().get("messages").toString())
                .contains("remember seven", "I will.");
    }

    @Test
    void case27_whatACrashLeftOfACreationIsDeleted() throws Exception {
        service.start();
        api.create("a@b.c", file);
        String thread = CommanderApi.value(api.status("a@b.c"), "thread");
        service.kill();
        deleteUserRow();
        service.start();

        assertThat(api.status("a@b.c").statusCode()).isEqualTo(404);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(api.http().get("/v1/threads/" + thread).statusCode()).isEqualTo(404);
                    assertThat(service.dataDir().resolve("files/default/" + thread)).doesNotExist();
                });
    }

    private void deleteUserRow() throws Exception {
        try (var database =
                        DriverManager.getConnection(
                                "jdbc:sqlite:"
                                        + service.dataDir().resolve("assistant-service.db"));
                var delete = database.createStatement()) {
            assertThat(
                            delete.executeUpdate(
                                    "DELETE FROM records WHERE namespace = 'commander.users' AND key"
                                            + " <> ''"))
                    .isEqualTo(1);
        }
    }

    @Test
    void case28_withKeysAUserBelongsToItsKey() throws Exception {
        service.with("API_KEYS", "anna:key-of-anna,ben:key-of-ben,root:key-of-root")
                .with("ADMINISTRATORS", "root")
                .start();
        String body =
                "{\"userName\":\"a@b.c\",\"name\":\"n\",\"instructions\":\"i\",\"fileURLs\":[\"%s\"]}"
                        .formatted(file);
        assertThat(api.http().post("/api/create", body).statusCode()).isEqualTo(401);
        assertThat(api.http().post("/api/create", body, "X-API-Key", "key-of-anna").statusCode())
                .isEqualTo(200);
        String prompt = "{\"userName\":\"a@b.c\",\"prompt\":\"draw it\"}";
        model.onTag(
                "draw it",
                Turn.of(call("c1", "draw", "{\"type\":\"image/png\"}")),
                Turn.text("Here."));
        HttpResponse<String> answer =
                api.http().post("/api/process", prompt, "X-API-Key", "key-of-anna");
        String image = "/" + ChatApi.json(answer).get(2).get("imageContent").asString();

        assertThat(withKey("key-of-anna", "/api/status/a@b.c")).isEqualTo(200);
        assertThat(withKey("key-of-anna", image)).isEqualTo(200);
        assertThat(withKey("key-of-ben", "/api/status/a@b.c")).isEqualTo(404);
        assertThat(withKey("key-of-ben", image)).isEqualTo(404);
        assertThat(api.http().post("/api/process", prompt, "X-API-Key", "key-of-ben").statusCode())
                .isEqualTo(404);
        assertThat(withKey("key-of-anna", "/api/status")).isEqualTo(401);
        assertThat(withKey("key-of-root", "/api/status")).isEqualTo(200);
        assertThat(api.delete("/api/delete", "X-API-Key", "key-of-ben").statusCode())
                .isEqualTo(401);
        assertThat(api.delete("/api/delete/a@b.c", "X-API-Key", "key-of-ben").statusCode())
                .isEqualTo(404);
        assertThat(api.delete("/api/delete", "X-API-Key", "key-of-root").statusCode())
                .isEqualTo(200);
        assertThat(withKey("key-of-anna", "/api/status/a@b.c")).isEqualTo(404);
    }

    private int withKey(String key, String path) throws Exception {
        return api.http()
                .send(HttpRequest.newBuilder(service.uri(path)).header("X-API-Key", key))
                .statusCode();
    }

    @Test
    void switchedOffItsPathsAnswer404() throws Exception {
        service.with("PROTOCOLS", "chat,openai").with("DEPLOY_SPA", "True").start();

        assertThat(api.create("a@b.c", file).statusCode()).isEqualTo(404);
        assertThat(api.process("a@b.c", "hi").statusCode()).isEqualTo(404);
        assertThat(api.http().get("/api/status").statusCode()).isEqualTo(404);
        assertThat(api.deleteUser("a@b.c").statusCode()).isEqualTo(404);
        assertThat(api.http().get("/images/x/file-y.png").statusCode()).isEqualTo(404);
        assertThat(root("text/html").body())
                .isEqualTo("{\"message\":\"Assistant Engine is running\"}");
    }
}
