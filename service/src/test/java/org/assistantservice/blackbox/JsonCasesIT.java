package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 1 to 10: plain JSON.
class JsonCasesIT {
    private static final String UUID4 =
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @TempDir static Path folder;
    private static ScriptedModelServer model;
    private static ServiceProcess service;
    private static ChatApi api;

    @BeforeAll
    static void startService() throws Exception {
        model = ScriptedModelServer.start();
        service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456");
        TestPack.drop(service);
        service.start();
        api = new ChatApi(service);
    }

    @AfterAll
    static void stopService() throws Exception {
        service.close();
        model.close();
    }

    @Test
    void case1_rootAndHealthAnswerExactlyAndCarryACorrelationId() throws Exception {
        HttpResponse<String> root = api.get("/");
        HttpResponse<String> health = api.get("/health");

        assertThat(root.statusCode()).isEqualTo(200);
        assertThat(root.body()).isEqualTo("{\"message\":\"Assistant Engine is running\"}");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(correlation(root)).matches(UUID4);
        assertThat(correlation(health)).matches(UUID4);
    }

    @Test
    void case2_startGreetsWithThreeFieldsAndOneCorrelationId() throws Exception {
        HttpResponse<String> start = api.get("/start");

        JsonNode body = ChatApi.json(start);
        assertThat(body.propertyNames())
                .containsExactlyInAnyOrder("thread_id", "initial_message", "correlation_id");
        assertThat(body.get("correlation_id").asString())
                .matches(UUID4)
                .isEqualTo(correlation(start));
        assertThat(body.get("thread_id").asString()).startsWith("thread_");
        assertThat(body.get("initial_message").asString()).isEqualTo(TestPack.GREETING);
    }

    @ParameterizedTest
    @CsvSource({
        "11111111-2222-4333-8444-555555555555, true",
        "abc_DEF-1.2, true",
        "has a space, false",
        "short, false",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, false"
    })
    void case2_aValidCorrelationIdIsKeptAndAnyOtherReplaced(String sent, boolean kept)
            throws Exception {
        HttpResponse<String> start =
                api.send(
                        HttpRequest.newBuilder(service.uri("/start"))
                                .header("X-Correlation-ID", sent));

        String answered = ChatApi.json(start).get("correlation_id").asString();
        assertThat(answered).isEqualTo(correlation(start));
        if (kept) {
            assertThat(answered).isEqualTo(sent);
        } else {
            assertThat(answered).matches(UUID4);
        }
    }

    @Test
    void case3_aMessageIsAnsweredWithTheModelsText() throws Exception {
        model.onTag("case three", Turn.text("Good ", "morning."));

        HttpResponse<String> answer = api.chat(api.newThread(), "case three");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"responses\":[\"Good morning.\"]}");
        assertThat(answer.headers().firstValue("X-Run-Id").orElse("")).startsWith("run_");
    }

    @Test
    void case4_theSecondTurnShowsTheModelTheFirstButNotTheGreeting() throws Exception {
        model.onTag("case four", Turn.text("First answer."), Turn.text("Second answer."));
        String thread = api.newThread();
        api.chat(thread, "case four, one");

        api.chat(thread, "case four, two");

        List<String> contents = new ArrayList<>();
        RecordedRequest second =
                model.requests().stream()
                        .filter(it -> it.lastUserText().equals("case four, two"))
                        .findFirst()
                        .orElseThrow();
        second.body().get("messages").forEach(it -> contents.add(it.get("content").asString()));
        assertThat(contents)
                .containsExactly(
                        "You tell people about the weather.",
                        "case four, one",
                        "First answer.",
                        "case four, two");
    }

    @Test
    void case5_newMakesAThreadThatGoesOn() throws Exception {
        model.onTag("case five", Turn.text("Hi."), Turn.text("Again."));

        JsonNode first = ChatApi.json(api.chat("new", "case five"));
        HttpResponse<String> second =
                api.chat(first.get("thread_id").asString(), "case five again");

        assertThat(first.propertyNames()).containsExactlyInAnyOrder("responses", "thread_id");
        assertThat(second.body()).isEqualTo("{\"responses\":[\"Again.\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', hello, Missing thread_id",
        "thread_abc, '', Missing message",
        "thread_abc, '  ', Missing message"
    })
    void case6_anEmptyFieldIsNamed(String thread, String message, String problem) throws Exception {
        HttpResponse<String> answer = api.chat(thread, message);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ChatApi.json(answer).get("detail").asString())
                .isEqualTo(problem + correlationPart(answer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|missing|[\"body\",\"thread_id\"]|2",
                "{\"thread_id\":1,\"message\":\"x\"}|string_type|[\"body\",\"thread_id\"]|1",
                "{|json_invalid||1",
                "\"text\"|model_attributes_type|[\"body\"]|1",
                "[1]|model_attributes_type|[\"body\"]|1",
                "''|missing|[\"body\"]|1",
                "{\"thread_id\":\"a\",\"thread_id\":\"b\",\"message\":\"x\"}|json_invalid||1",
                "{\"thread_id\":\"a\",\"message\":\"x\"}{}|json_invalid||1",
            })
    void case7_aWrongShapeIsA422List(String body, String type, String loc, int items)
            throws Exception {
        HttpResponse<String> answer = api.post("/chat", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode detail = ChatApi.json(answer).get("detail");
        assertThat(detail).hasSize(items);
        assertThat(detail.get(0).get("type").asString()).isEqualTo(type);
        if (loc != null) {
            assertThat(detail.get(0).get("loc")).hasToString(loc);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thread_unknown",
                "thread_../../etc/passwd",
                "x",
                "THREAD_ABC",
                "thread_'; DROP TABLE threads;--"
            })
    void case8_anUnknownThreadIsA404ForJsonAndSseCallers(String thread) throws Exception {
        HttpResponse<String> json = api.chat(thread, "hello");
        HttpResponse<String> sse = api.chat(thread, "hello", "Accept", "text/event-stream");

        for (HttpResponse<String> answer : List.of(json, sse)) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/json");
            assertThat(ChatApi.json(answer).get("detail").asString())
                    .isEqualTo("Thread not found" + correlationPart(answer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, upstream_auth",
        "404, upstream_not_found",
        "429, upstream_rate_limited",
        "400, upstream_rejected"
    })
    void case9_aFaultOfTheModelIsA502WithoutItsWords(int status, String code) throws Exception {
        Turn fault =
                Turn.status(
                        status,
                        status == 429 ? Map.of("Retry-After", "60") : Map.of(),
                        "{\"error\":{\"message\":\"provider secret\"}}");
        String tag = "case nine " + status;
        model.onTag(tag, fault, fault, fault);

        HttpResponse<String> answer = api.chat("new", tag);

        assertThat(answer.statusCode()).isEqualTo(502);
        JsonNode body = ChatApi.json(answer);
        assertThat(body.get("detail").asString())
                .isEqualTo("Failed to create run" + correlationPart(answer));
        assertThat(body.get("code").asString()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("provider secret");
        if (status == 429) {
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
        }
    }

    @Test
    void case9_aModelThatKeepsFailingIsUnavailableAfterItsRetries() throws Exception {
        Turn fault = Turn.status(500, Map.of(), "{\"error\":{\"message\":\"provider secret\"}}");
        model.onTag("case nine 500", fault, fault, fault);

        HttpResponse<String> answer = api.chat("new", "case nine 500");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(ChatApi.json(answer).get("code").asString()).isEqualTo("upstream_unavailable");
        assertThat(
                        model.requests().stream()
                                .filter(it -> it.lastUserText().equals("case nine 500")))
                .hasSize(3);
    }

    @Test
    void case10_aTooLongMessageATooLargeBodyAndAWrongMethodAreRefused() throws Exception {
        HttpResponse<String> tooLong = api.chat("new", "x".repeat(256_001));
        HttpResponse<String> tooLarge = api.chat("new", "x".repeat(1_100_000));
        HttpResponse<String> put =
                api.send(
                        HttpRequest.newBuilder(service.uri("/chat"))
                                .PUT(BodyPublishers.ofString("{}")));

        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(ChatApi.json(tooLong).get("detail").asString())
                .isEqualTo("Message too long" + correlationPart(tooLong));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(ChatApi.json(tooLarge).get("detail").asString())
                .isEqualTo("Request too large" + correlationPart(tooLarge));
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow").orElse("")).contains("POST");
        assertThat(put.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
    }

    @Test
    void anUnknownPathIsA404InTheSameForm() throws Exception {
        HttpResponse<String> answer = api.get("/no/such/path");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(correlation(answer)).matches(UUID4);
    }

    @Test
    void aThreadMayBeNamedByUuidLikeTextWithoutHarm() throws Exception {
        assertThat(api.chat(UUID.randomUUID().toString(), "hello").statusCode()).isEqualTo(404);
    }

    private static String correlation(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Correlation-ID").orElse("");
    }

    private static String correlationPart(HttpResponse<String> answer) {
        return " (correlation_id: " + correlation(answer).substring(0, 8) + ")";
    }
}
