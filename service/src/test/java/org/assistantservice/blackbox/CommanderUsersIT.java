package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 3, 11, 15, 17, 21, 22, 24 and 29 of the commander protocol.
class CommanderUsersIT {
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

    @Test
    void cases3and22_allUsersAreListedAndDeletedTogether() throws Exception {
        service.start();
        String other = api.http().newThread();
        assertThat(api.http().get("/api/status").body())
                .isEqualTo("{\"detail\":\"There are no users in the database\"}");
        assertThat(api.http().get("/api/status/").statusCode()).isEqualTo(404);
        for (String user : List.of("a@b.c", "d@e.f", "g@h.i")) {
            api.create(user, "Of " + user, "Count.", List.of(file));
        }

        HttpResponse<String> all = api.http().get("/api/status");
        assertThat(all.body())
                .isEqualTo(
                        "[{\"username\":\"a@b.c\",\"key\":\"name\",\"value\":\"Of a@b.c\"},"
                                + "{\"username\":\"d@e.f\",\"key\":\"name\",\"value\":\"Of d@e.f\"},"
                                + "{\"username\":\"g@h.i\",\"key\":\"name\",\"value\":\"Of g@h.i\"}]");
        assertThat(api.http().get("/api/status/").body()).isEqualTo(all.body());

        assertThat(api.delete("/api/delete/").statusCode()).isEqualTo(404);
        HttpResponse<String> deleted = api.delete("/api/delete");
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body())
                .isEqualTo(
                        "{\"message\":\"Assistants deleted for users: a@b.c, d@e.f, g@h.i\","
                                + "\"users\":[\"a@b.c\",\"d@e.f\",\"g@h.i\"]}");
        for (String user : List.of("a@b.c", "d@e.f", "g@h.i")) {
            assertThat(api.status(user).body())
                    .isEqualTo("{\"detail\":\"user " + user + " not found\"}");
        }
        assertThat(api.http().get("/v1/threads/" + other).statusCode()).isEqualTo(200);
        HttpResponse<String> again = api.delete("/api/delete");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).isEqualTo("{\"detail\":\"There are no users in the database\"}");
    }

    @Test
    void cases11and21_anImageIsShownUntilItsUserIsDeleted() throws Exception {
        service.start();
        api.create("a@b.c", file);
        model.onTag(
                "draw it",
                Turn.of(
                        call("c1", "draw", "{\"type\":\"image/png\"}"),
                        call("c2", "draw", "{\"type\":\"image/svg+xml\"}")),
                Turn.text("Here is the chart."));

        JsonNode answer = ChatApi.json(api.process("a@b.c", "draw it"));

        assertThat(answer).hasSize(3);
        assertThat(answer.get(1).get("content").asString()).isEqualTo("Here is the chart.");
        assertThat(answer.get(2).get("content").asString()).isEmpty();
        assertThat(answer.get(2).get("role").asString()).isEqualTo("assistant");
        String path = answer.get(2).get("imageContent").asString();
        String images = CommanderApi.value(api.status("a@b.c"), "id");
        assertThat(path).matches("images/" + images + "/file-[A-Za-z0-9]+\\.png");
        assertImage("/" + path);
        assertImage("/" + path.replaceFirst("/file-", "//file-"));
        String uploaded =
                CommanderApi.value(api.status("a@b.c"), "file").replaceAll(".*(file-\\w+).*", "$1");
        for (String none :
                List.of(
                        "/images/" + images + "/" + uploaded + ".png",
                        "/images/" + images + "/file-none.png",
                        "/images/00000000-0000-0000-0000-000000000000/file-none.png",
                        "/images/" + images + "/..%2F..%2Fassistant-service.db",
                        "/images/" + images)) {
            assertThat(api.http().get(none).statusCode()).as(none).isEqualTo(404);
        }

        HttpResponse<String> deleted = api.deleteUser("a@b.c");
        assertThat(deleted.body()).isEqualTo("{\"message\":\"Assistant deleted for user: a@b.c\"}");
        assertThat(api.status("a@b.c").statusCode()).isEqualTo(404);
        assertThat(api.http().get("/" + path).statusCode()).isEqualTo(404);
        assertThat(running.files()).isEmpty();
        HttpResponse<String> again = api.deleteUser("a@b.c");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).isEqualTo("{\"detail\":\"User a@b.c note found\"}");
    }

    private void assertImage(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> image =
                    http.send(
                            HttpRequest.newBuilder(service.uri(path)).build(),
                            BodyHandlers.ofByteArray());
            assertThat(image.statusCode()).as(path).isEqualTo(200);
            assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(image.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(image.body()).isEqualTo(CommanderPack.PNG);
        }
    }

    @ParameterizedTest
    @CsvSource({"failed", "expired", "cancelled", "incomplete", "lost"})
    void cases15and29_aRunWithoutAnswerIs502AndTheNextPromptWorks(String end) throws Exception {
        service.with("ASSISTANT_SERVICE_RUN_DEADLINE", end.equals("expired") ? "1s" : "1m")
                .with("ASSISTANT_SERVICE_MODEL_ATTEMPTS", "1")
                .start();
        api.create("a@b.c", file);
        model.onTag(
                "bad turn",
                switch (end) {
                    case "failed" -> Turn.status(400, Map.of(), "{\"error\":\"secret words\"}");
                    case "lost" -> Turn.text("Half", " of it").cutAfter(2);
                    case "incomplete" -> Turn.text().finishReason("length");
                    default -> Turn.text("").hang();
                });
        model.onTag("next turn", Turn.text("Fine."));

        HttpResponse<String> answer =
                end.equals("cancelled") ? cancelled() : api.process("a@b.c", "bad turn");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        assertThat(answer.body())
                .matches(
                        "\\{\"detail\":\"Unable to process the prompt \\(correlation_id:"
                                + " [0-9a-f-]{8}\\)\"}");
        HttpResponse<String> next = api.process("a@b.c", "next turn");
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
        assertThat(ChatApi.json(next)).hasSize(2);
    }

    private HttpResponse<String> cancelled() throws Exception {
        String thread = CommanderApi.value(api.status("a@b.c"), "thread");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> waiting =
                    threads.submit(() -> api.process("a@b.c", "bad turn"));
            running.awaitRequest("bad turn");
            String run =
                    api.http().stored("/threads/" + thread + "/runs").get(0).get("id").asString();
            assertThat(api.http().post("/runs/" + run + "/cancel", "").statusCode()).isEqualTo(200);
            return waiting.get();
        }
    }

    @Test
    void case17_aUserWhoseThreadIsGoneIsTold() throws Exception {
        service.start();
        api.create("a@b.c", file);
        String thread = CommanderApi.value(api.status("a@b.c"), "thread");
        service.close();
        deleteThread(thread);
        service.start();

        HttpResponse<String> refused = api.process("a@b.c", "hello");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo("{\"detail\":\"thread not found for user a@b.c\"}");
        assertThat(api.deleteUser("a@b.c").statusCode()).isEqualTo(200);
    }

    private void deleteThread(String thread) throws Exception {
        try (var database =
                        DriverManager.getConnection(
                                "jdbc:sqlite:"
                                        + service.dataDir().resolve("assistant-service.db"));
                var delete = database.prepareStatement("DELETE FROM threads WHERE id = ?")) {
            delete.setString(1, thread);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void case24_pagesFromEverywhereMayCall() throws Exception {
        service.start();

        for (String path : List.of("/api/create", "/api/process", "/api/status/x", "/api/delete")) {
            HttpResponse<String> allowed =
                    api.options(
                            path,
                            "Origin",
                            "https://page.example",
                            "Access-Control-Request-Method",
                            "POST",
                            "Access-Control-Request-Headers",
                            "content-type, x-api-key");
            assertThat(allowed.statusCode()).isEqualTo(204);
            assertOpen(allowed);
            assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods"))
                    .contains("GET, POST, DELETE");
            assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
                    .contains("content-type, x-api-key");
            assertThat(allowed.headers().firstValue("X-Correlation-ID")).isPresent();
        }
        assertOpen(api.options("/api/create", "Origin", "https://page.example"));
        assertOpen(api.status("nobody"));
        assertOpen(api.http().get("/images/x/y.png"));
        assertThat(api.http().get("/start").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static void assertOpen(HttpResponse<String> response) {
        assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("*");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
}
