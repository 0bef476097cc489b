package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

/// Acceptance cases 3, 11, 15, 18 to 29 of the commander protocol: several users, several starts.
class CommanderUsersIT {
    @TempDir Path folder;
    private ScriptedModelServer model;
    private FileHost host;
    private ServiceProcess service;
    private CommanderApi api;
    private String file;

    @BeforeEach
    void prepare() throws Exception {
        model = ScriptedModelServer.start();
        host = FileHost.start();
        service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456")
                        .with("FETCH_ALLOWED", host.authority());
        CommanderPack.drop(service);
        api = new CommanderApi(service);
        file = host.url("/a.csv");
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        host.close();
        model.close();
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
        String uploaded = CommanderApi.value(api.status("a@b.c"), "file").replaceAll(".*(file-\\w+).*", "$1");
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
        assertThat(deleted.body())
                .isEqualTo("{\"message\":\"Assistant deleted for user: a@b.c\"}");
        assertThat(api.status("a@b.c").statusCode()).isEqualTo(404);
        assertThat(api.http().get("/" + path).statusCode()).isEqualTo(404);
        try (var left = Files.walk(service.dataDir().resolve("files"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
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
                    case "failed" ->
                            Turn.status(400, java.util.Map.of(), "{\"error\":\"secret words\"}");
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
            awaitRequests(1);
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
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + service.dataDir().resolve("assistant-service.db"));
                var delete = database.prepareStatement("DELETE FROM threads WHERE id = ?")) {
            delete.setString(1, thread);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void case18_othersAreServedWhileAPromptTakesItsTime() throws Exception {
        service.start();
        api.create("a@b.c", file);
        api.create("d@e.f", file);
        CountDownLatch answered = new CountDownLatch(1);
        model.onTag("long turn", Turn.text("At").pauseUntil(answered).then(" last."));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> waiting =
                    threads.submit(() -> api.process("a@b.c", "long turn"));
            awaitRequests(1);
            List<Long> millis =
                    java.util.stream.IntStream.range(0, 20).mapToObj(_ -> statusMillis()).toList();
            assertThat(waiting.isDone()).isFalse();
            answered.countDown();

            assertThat(ChatApi.json(waiting.get()).get(1).get("content").asString())
                    .isEqualTo("At last.");
            // Generous: other builds may have the processors; a held up request waits for seconds.
            assertThat(millis.stream().sorted().toList().get(10)).isLessThan(200);
        }
    }

    private long statusMillis() {
        long start = System.nanoTime();
        try {
            assertThat(api.status("d@e.f").statusCode()).isEqualTo(200);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    @Test
    void case19_promptsOfOneUserWaitInOrderAndTheSixthIsRefused() throws Exception {
        service.start();
        api.create("a@b.c", file);
        CountDownLatch answered = new CountDownLatch(1);
        model.onTag("prompt 0", Turn.text("A").pauseUntil(answered).then("0"));
        for (int i = 1; i < 5; i++) {
            model.onTag("prompt " + i, Turn.text("A" + i));
        }
        String thread = CommanderApi.value(api.status("a@b.c"), "thread");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> waiting = new java.util.ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String prompt = "prompt " + i;
                waiting.add(threads.submit(() -> api.process("a@b.c", prompt)));
                awaitRuns(thread, i + 1);
            }
            HttpResponse<String> sixth = api.process("a@b.c", "prompt 5");
            answered.countDown();

            assertThat(sixth.statusCode()).isEqualTo(409);
            assertThat(sixth.body())
                    .matches("\\{\"detail\":\"Thread is busy \\(correlation_id: .{8}\\)\"}");
            for (int i = 0; i < 5; i++) {
                JsonNode answer = ChatApi.json(waiting.get(i).get());
                assertThat(answer.get(0).get("content").asString()).isEqualTo("prompt " + i);
                assertThat(answer.get(1).get("content").asString()).isEqualTo("A" + i);
            }
        }
        assertThat(model.requests().stream().map(it -> it.lastUserText()))
                .containsExactly("prompt 0", "prompt 1", "prompt 2", "prompt 3", "prompt 4");
    }

    @Test
    void case20_creatingAgainReplacesAllOfBefore() throws Exception {
        service.start();
        JsonNode first = ChatApi.json(api.create("a@b.c", file, host.url("/b.csv")));
        JsonNode second = ChatApi.json(api.create("a@b.c", file));

        assertThat(second.get("assistant_id")).isNotEqualTo(first.get("assistant_id"));
        assertThat(api.status("a@b.c").body())
                .contains(second.get("thread_id").asString(), second.at("/file_ids/0").asString())
                .doesNotContain(first.get("thread_id").asString(), first.at("/file_ids/0").asString());
        String old = first.get("thread_id").asString();
        assertThat(api.http().get("/v1/threads/" + old).statusCode()).isEqualTo(404);
        try (var left = Files.walk(service.dataDir().resolve("files"))) {
            assertThat(left.filter(Files::isRegularFile).map(it -> it.getFileName().toString()))
                    .containsExactly(second.at("/file_ids/0").asString());
        }
        assertThat(ChatApi.json(api.http().get("/api/status"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "John.Doe+x@Example.com, john.doe+x@example.com",
        "John.Doe+x@Example.com, 'John.Doe x@Example.com'",
        "ä ö/ü?#%41, ä ö/ü?#A"
    })
    void case23_namesAreComparedExactly(String user, String another) throws Exception {
        service.start();
        model.onTag("hello", Turn.text("Hi."));
        assertThat(api.create(user, file).statusCode()).isEqualTo(200);

        assertThat(ChatApi.json(api.status(user)).get(0).get("username").asString())
                .isEqualTo(user);
        assertThat(api.status(another).statusCode()).isEqualTo(404);
        assertThat(api.process(another, "hello").statusCode()).isEqualTo(404);
        assertThat(api.process(user, "hello").statusCode()).isEqualTo(200);
        assertThat(api.deleteUser(another).statusCode()).isEqualTo(404);
        assertThat(api.deleteUser(user).body())
                .isEqualTo("{\"message\":\"Assistant deleted for user: " + user + "\"}");
    }

    @Test
    void case23_aPlusInAPathIsAPlus() throws Exception {
        service.start();
        api.create("a+b@c.d", file);

        assertThat(api.http().get("/api/status/a+b@c.d").statusCode()).isEqualTo(200);
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
            assertThat(allowed.statusCode()).isEqualTo(200);
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
        assertThat(
                        api.http()
                                .get("/start")
                                .headers()
                                .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static void assertOpen(HttpResponse<String> response) {
        assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
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
        return api.http()
                .send(HttpRequest.newBuilder(service.uri("/")).header("Accept", accept));
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
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(api.http().get("/v1/threads/" + thread).statusCode()).isEqualTo(404);
                    assertThat(service.dataDir().resolve("files/default/" + thread))
                            .doesNotExist();
                });
    }

    private void deleteUserRow() throws Exception {
        try (var database =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + service.dataDir().resolve("assistant-service.db"));
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
        assertThat(
                        api.http()
                                .post("/api/process", prompt, "X-API-Key", "key-of-ben")
                                .statusCode())
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

    private void awaitRequests(int count) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> model.requests().size() >= count);
    }

    private void awaitRuns(String thread, int count) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.http().stored("/threads/" + thread + "/runs").size() >= count);
    }
}
