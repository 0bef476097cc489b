package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assistantservice.plugin.PackJars;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Packs that come, change, go and misbehave while the service runs.
class PacksIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir static Path folder;
    private static RunningService running;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningService.in(folder);
        running.model().answer(PacksIT::conversation);
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @AfterEach
    void everythingElseServes() throws Exception {
        HttpResponse<String> answer = ask(TestPack.NAME, "get_weather {\"location\":\"Paris\"}");
        assertThat(answer.body()).contains("The weather in Paris is sunny");
        assertThat(running.api().get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aPackIsDroppedReplacedAndRemovedWhileTheServiceRuns() throws Exception {
        drop("clock", says("it is one"));
        awaitThat(() -> ask("clock", "act {}"), it -> it.body().contains("It said: it is one"));

        drop("clock", says("it is two"));
        awaitThat(() -> ask("clock", "act {}"), it -> it.body().contains("It said: it is two"));

        Files.delete(pack("clock").resolve("pack.jar"));
        HttpResponse<String> gone =
                awaitThat(() -> ask("clock", "act {}"), it -> it.statusCode() != 200);
        assertThat(gone.statusCode()).isEqualTo(503);
        assertThat(gone.headers().firstValue("Retry-After")).isPresent();
        assertThat(listing("clock").get("available").asBoolean()).isFalse();
        assertThat(listing("clock").get("problem").asString()).contains("clock");

        drop("clock", says("it is three"));
        awaitThat(() -> ask("clock", "act {}"), it -> it.body().contains("It said: it is three"));
        assertThat(health().path("packs").toString()).doesNotContain("\"clock\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "text", "truncated", "wrong-definition", "constructor-throws"})
    void aBrokenJarIsNamedInHealth(String kind) throws Exception {
        dropJar("broken-" + kind, broken(kind));

        JsonNode problem = awaitProblem("broken-" + kind, "refused");

        assertThat(problem.get("problems")).isNotEmpty();
        assertThat(problem.toString()).doesNotContain("\\tat ");
        assertThat(ask("broken-" + kind, "act {}").statusCode()).isIn(404, 503);
        remove("broken-" + kind);
        awaitThat(PacksIT::health, it -> !it.toString().contains("broken-" + kind));
    }

    @Test
    void aBadNewVersionLeavesTheOldOneServing() throws Exception {
        drop("steady", says("the good version"));
        awaitThat(() -> ask("steady", "act {}"), it -> it.body().contains("the good version"));

        dropJar("steady", new byte[0]);

        assertThat(awaitProblem("steady", "serving_old").get("problems")).isNotEmpty();
        assertThat(ask("steady", "act {}").body()).contains("It said: the good version");
        drop("steady", says("the better version"));
        awaitThat(() -> ask("steady", "act {}"), it -> it.body().contains("the better version"));
        assertThat(health().toString()).doesNotContain("steady");
        remove("steady");
    }

    @Test
    void threeCallsThatNeverStopQuarantineTheirPackAlone() throws Exception {
        drop(
                "spinning",
                """
                @Action(name = "act", description = "Spins.", effect = Effect.READ_ONLY,
                        timeout = "1s")
                public String act() { while (true) { Thread.onSpinWait(); } }
                """);
        awaitThat(() -> listing("spinning"), it -> it.path("available").asBoolean(false));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> stuck = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                stuck.add(clients.submit(() -> ask("spinning", "act {}")));
            }
            assertThat(ask(TestPack.NAME, "number {}").body()).contains("It said: 5");
            for (Future<HttpResponse<String>> one : stuck) {
                assertThat(one.get().body()).contains("timed out after");
            }
        }

        JsonNode problem = awaitProblem("spinning", "quarantined");

        assertThat(problem.get("problems").get(0).asString())
                .startsWith("Pack 'spinning' takes no calls: 3 of its calls did not stop");
        assertThat(health().get("packs")).hasSize(1);
        awaitThat(() -> ask("spinning", "act {}"), it -> it.statusCode() == 503);
        assertThat(listing("spinning").get("available").asBoolean()).isFalse();
        remove("spinning");
        awaitThat(PacksIT::health, it -> !it.has("packs"));
    }

    @Test
    void whatAPackPrintsOrSetsChangesNothingElse() throws Exception {
        drop(
                "loud",
                """
                @Action(name = "act", description = "Meddles.", effect = Effect.READ_ONLY)
                public String act() {
                    System.out.println("printed by a pack");
                    System.err.println("complained by a pack");
                    System.setProperty("user.dir", "/nowhere");
                    System.setProperty("line.separator", "XX");
                    System.setProperty("java.io.tmpdir", "/nowhere");
                    java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
                    java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));
                    Thread.currentThread().setContextClassLoader(null);
                    return "meddled";
                }
                """);
        awaitThat(() -> ask("loud", "act {}"), it -> it.body().contains("It said: meddled"));

        assertThat(running.service().log()).contains("printed by a pack");
        assertThat(ask(TestPack.NAME, "reading {}").body()).contains("Paris");
        try (SseClient stream = running.api().stream("new", "get_weather {\"location\":\"I\"}")) {
            assertThat(SseClient.names(stream.readAll())).endsWith("metadata");
        }
        drop("loud", says("the next version"));
        awaitThat(() -> ask("loud", "act {}"), it -> it.body().contains("the next version"));
        remove("loud");
    }

    /// `<action> <arguments>` is called, then its output is repeated.
    private static Turn conversation(RecordedRequest request) {
        JsonNode messages = request.body().get("messages");
        JsonNode last = messages.get(messages.size() - 1);
        if (last.get("role").asString().equals("tool")) {
            return Turn.text("It said: " + last.get("content").asString());
        }
        String[] wanted = request.lastUserText().split(" ", 2);
        return Turn.of(call("call_1", wanted[0], wanted[1]));
    }

    private static HttpResponse<String> ask(String assistant, String message) throws Exception {
        return running.api()
                .post(
                        "/chat",
                        JSON.writeValueAsString(
                                Map.of(
                                        "thread_id", "new",
                                        "message", message,
                                        "assistant_id", assistant)));
    }

    private static JsonNode health() throws Exception {
        return ChatApi.json(running.api().get("/health"));
    }

    /// The assistant in `GET /assistants`; missing if it is not listed.
    private static JsonNode listing(String name) throws Exception {
        for (JsonNode one : ChatApi.json(running.api().get("/assistants")).get("data")) {
            if (one.get("name").asString().equals(name)) {
                return one;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode problemOf(String pack) throws Exception {
        for (JsonNode one : health().path("packs")) {
            if (one.get("name").asString().equals(pack)) {
                return one;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode awaitProblem(String pack, String status) throws Exception {
        return awaitThat(
                () -> problemOf(pack), it -> it.path("status").asString("").equals(status));
    }

    private static <T> T awaitThat(Callable<T> look, Predicate<T> fits) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        T seen = look.call();
        while (!fits.test(seen) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
            seen = look.call();
        }
        assertThat(seen).as("within %s", SOON).matches(fits);
        return seen;
    }

    private static Path pack(String name) {
        return running.service().assistantsDir().resolve(name);
    }

    private static String says(String text) {
        return """
        @Action(name = "act", description = "Says its version.", effect = Effect.READ_ONLY)
        public String act() { return "%s"; }
        """
                .formatted(text);
    }

    private static byte[] jar(String body) {
        return PackJars.in(folder)
                .source(
                        "demo.Actions",
                        """
                        package demo;
                        import org.assistantservice.actions.*;
                        public final class Actions {
                            %s
                        }
                        """
                                .formatted(body))
                .bytes();
    }

    private static void drop(String name, String body) throws IOException {
        dropJar(name, jar(body));
    }

    /// Writes straight to its place, as `cp` does.
    private static void dropJar(String name, byte[] jar) throws IOException {
        Files.createDirectories(pack(name));
        Files.write(pack(name).resolve("pack.jar"), jar);
        Files.writeString(
                pack(name).resolve("assistant.json"),
                """
                {"assistant_name": "%s", "initial_message": "Hi", "instructions": "x",
                 "model": "scripted", "function_names": ["act"]}
                """
                        .formatted(name));
    }

    private static void remove(String name) throws IOException {
        Files.delete(pack(name).resolve("pack.jar"));
        Files.delete(pack(name).resolve("assistant.json"));
        Files.delete(pack(name));
    }

    private static byte[] broken(String kind) {
        byte[] good = jar(says("unseen"));
        return switch (kind) {
            case "empty" -> new byte[0];
            case "text" -> "this is not a JAR".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case "truncated" -> java.util.Arrays.copyOf(good, good.length / 2);
            case "wrong-definition" ->
                    jar(
                            """
                            @Action(name = "bad name!", description = "")
                            public Object act(String undescribed) { return undescribed; }
                            """);
            case "constructor-throws" ->
                    jar(
                            """
                            @Action(name = "act", description = "Never made.")
                            public String act() { return "never"; }
                            public Actions() { throw new IllegalStateException("no way"); }
                            """);
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
