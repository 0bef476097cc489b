package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.blackbox.StatelessApi.Turned;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client of the stateless chat sees when something goes wrong, and that nothing is kept.
class StatelessFaultsIT {
    private static final JsonNode CONTEXT =
            JsonMapper.shared()
                    .readTree(
                            """
                            {"conversation_history":[{"role":"human","content":"a"},\
                            {"role":"ai","content":"b"}],"conversation_summary":"s"}\
                            """);

    @TempDir Path folder;

    @Test
    void case20and21_aProviderThatFailsLeavesTheContextAsItWas() throws Exception {
        StatelessApi api = StatelessApi.in(folder);
        try (RunningService running = api.running()) {
            running.model()
                    .onTag("case 20", Turn.status(401, Map.of(), "{\"error\":\"sk-canary\"}"))
                    .onTag("case 21", Turn.text("one ", "two ", "three ", "four").cutAfter(4));

            Turned refused = api.turn(StatelessApi.body("case 20", CONTEXT));
            Turned broken = api.turn(StatelessApi.body("case 21", CONTEXT));

            assertThat(refused.types())
                    .containsExactly("error", "context_update", "updated_context");
            assertThat(broken.types())
                    .containsExactly(
                            "text", "text", "text", "error", "context_update", "updated_context");
            for (Turned turned : List.of(refused, broken)) {
                assertThat(turned.contents("error").getFirst().asString())
                        .isEqualTo("Model provider error " + turned.correlation());
                assertThat(turned.contents("context_update")).containsExactly(CONTEXT);
                assertThat(turned.contents("updated_context")).containsExactly(CONTEXT);
                assertThat(turned.stream().raw()).endsWith("\n\ndata: [DONE]\n\n");
            }
        }
    }

    @Test
    void case24_aSilentModelIsBridgedByComments() throws Exception {
        StatelessApi api = StatelessApi.in(folder, "SSE_HEARTBEAT_INTERVAL", "0.2");
        try (RunningService running = api.running()) {
            running.model().onTag("case 24", Turn.text().silence(Duration.ofSeconds(1)).then("Hi"));

            Turned turned = api.turn(StatelessApi.body("case 24"));

            assertThat(turned.stream().comments()).isGreaterThanOrEqualTo(2);
            assertThat(turned.stream().raw()).contains(": keepalive\n\n");
            assertThat(turned.types()).containsExactly("text", "context_update", "updated_context");
        }
    }

    @Test
    void case29_twoServersAlternatelyAnswerAsOne() throws Exception {
        StatelessApi one = StatelessApi.in(folder.resolve("one"));
        StatelessApi other = StatelessApi.in(folder.resolve("other"));
        try (RunningService first = one.running();
                RunningService second = other.running()) {
            for (RunningService service : List.of(first, second)) {
                service.model().answer(it -> Turn.text("Heard " + it.lastUserText()));
            }

            JsonNode alone = one.turn(StatelessApi.body("b", turn(one, "a"))).context();
            JsonNode together = other.turn(StatelessApi.body("b", turn(one, "a"))).context();

            assertThat(together).isEqualTo(alone);
            assertThat(other.asked("b")).contains("user: a", "assistant: Heard a");
        }
    }

    private static JsonNode turn(StatelessApi api, String message) throws Exception {
        return api.turn(StatelessApi.body(message)).context();
    }

    @Test
    void case31_aClientThatLeavesEndsTheModelsCall() throws Exception {
        StatelessApi api = StatelessApi.in(folder);
        try (RunningService running = api.running()) {
            running.model().onTag("case 31", Turn.text("Half ").hang());
            SseClient stream = api.open("/openai/chat", StatelessApi.body("case 31"));
            stream.next();
            assertThat(running.model().openConnections()).isEqualTo(1);

            stream.close();

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> running.model().openConnections() == 0);
        }
    }

    @Test
    void aServiceThatStopsEndsTheTurnWithItsContext() throws Exception {
        StatelessApi api = StatelessApi.in(folder);
        try (RunningService running = api.running()) {
            running.model().onTag("stopping", Turn.text("Half ").hang());
            try (SseClient stream =
                    api.open("/openai/chat", StatelessApi.body("stopping", CONTEXT))) {
                stream.next();

                running.service().terminate();
                stream.readAll();

                Turned turned = new Turned(stream, StatelessApi.parsed(stream));
                assertThat(turned.types())
                        .containsExactly("text", "error", "context_update", "updated_context");
                assertThat(turned.contents("error").getFirst().asString())
                        .isEqualTo("The service is restarting " + turned.correlation());
                assertThat(turned.context()).isEqualTo(CONTEXT);
                assertThat(stream.raw()).endsWith("\n\ndata: [DONE]\n\n");
            }
        }
    }

    @Test
    void whatWasSaidIsNotOnTheDiskAfterwards() throws Exception {
        StatelessApi api = StatelessApi.in(folder);
        try (RunningService running = api.running()) {
            running.model()
                    .onTag(
                            "canary-message",
                            Turn.of(call("call_1", "get_current_datetime", "{}")),
                            Turn.text("Done."));

            Turned turned =
                    api.turn(
                            """
                            {"message":"canary-message","context":{"conversation_history":[\
                            {"role":"human","content":"canary-context"}]}}\
                            """);
            assertThat(turned.types()).contains("tool_end", "updated_context");
            String log = running.service().log();
            running.service().terminate();
            running.service().waitForExit();

            assertThat(log).doesNotContain("canary-context", "canary-message");
            for (String file : List.of("assistant-service.db", "assistant-service.db-wal")) {
                Path stored = running.service().dataDir().resolve(file);
                if (Files.exists(stored)) {
                    assertThat(new String(Files.readAllBytes(stored), ISO_8859_1))
                            .doesNotContain("canary-context");
                }
            }
        }
    }

    @Test
    void withKeysAndLimitsRefusalsHaveTheProtocolsForm() throws Exception {
        StatelessApi api =
                StatelessApi.in(
                        folder,
                        "API_KEYS",
                        "ana:key-1234567890",
                        "SSE_MAX_CONNECTIONS_PER_CLIENT",
                        "1");
        try (RunningService running = api.running()) {
            running.model().onTag("held", Turn.text("Half ").hang());
            String[] key = {"X-API-Key", "key-1234567890"};

            HttpResponse<String> keyless = api.post(StatelessApi.body("x"));
            assertThat(keyless.statusCode()).isEqualTo(401);
            assertThat(keyless.body())
                    .isEqualTo("{\"error\":\"Unauthorized\",\"type\":\"Unauthorized\"}");

            try (SseClient held =
                    SseClient.post(
                            running.service().uri("/openai/chat"),
                            StatelessApi.body("held"),
                            Map.of(key[0], key[1]))) {
                held.next();
                HttpResponse<String> second =
                        running.api().post("/openai/chat", StatelessApi.body("x"), key);

                assertThat(second.statusCode()).isEqualTo(429);
                assertThat(second.headers().firstValue("Retry-After")).contains("5");
                assertThat(second.body())
                        .isEqualTo(
                                "{\"error\":\"Rate limit exceeded\",\"type\":\"RateLimitError\"}");
            }
        }
    }

    @Test
    void case27_aFaultBeforeTheStreamShowsNoClassOfTheImplementation() throws Exception {
        StatelessApi api =
                StatelessApi.in(
                        folder,
                        "JAVA_TOOL_OPTIONS",
                        "-Dfailpoints=on",
                        "FAILPOINT",
                        "before-ack:1:throw");
        try (RunningService running = api.running()) {
            HttpResponse<String> fault = running.api().post("/openai/chat", StatelessApi.body("x"));

            assertThat(fault.statusCode()).isEqualTo(500);
            assertThat(fault.body())
                    .isEqualTo(
                            "{\"error\":\"An unexpected error occurred\",\"type\":\"InternalError\"}");
        }
    }

    @Test
    void anAssistantThatIsNotThereIsTold() throws Exception {
        StatelessApi api = StatelessApi.in(folder, "STATELESS_ASSISTANT_ID", "Nobody");
        try (RunningService running = api.running()) {
            HttpResponse<String> missing =
                    running.api().post("/openai/chat", StatelessApi.body("x"));

            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body())
                    .isEqualTo("{\"error\":\"Assistant not found\",\"type\":\"NotFound\"}");
        }
    }

    @Test
    void switchedOffItsPathsAreGone() throws Exception {
        StatelessApi api = StatelessApi.in(folder, "PROTOCOLS", "chat,openai");
        try (RunningService running = api.running()) {
            assertThat(api.post(StatelessApi.body("x")).statusCode()).isEqualTo(404);
            assertThat(running.api().post("/api/chat", StatelessApi.body("x")).statusCode())
                    .isEqualTo(404);
        }
    }
}
