package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedCall;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 1 to 13 of JellyChat: REST.
class JellyRestCasesIT {
    private static final String WIKI = "{\"user_token\":\"%s\",\"message\":\"%s\"}";

    @TempDir static Path folder;
    private static JellyService running;
    private static JellyApi api;

    @BeforeAll
    static void startService() throws Exception {
        running = JellyService.in(folder);
        api = running.api();
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void case01_aNewUserIsGreetedOnce() throws Exception {
        HttpResponse<String> first = api.post("/history", "{\"user_token\":\"case 1\"}");
        HttpResponse<String> second = api.post("/history", "{\"user_token\":\"case 1\"}");

        JsonNode rows = ChatApi.json(first);
        JsonNode row = rows.get(0);
        assertThat(rows.size()).isEqualTo(1);
        assertThat(row.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "user_id", "message_type", "content", "timestamp", "application");
        assertThat(row.get("id").isInt()).isTrue();
        assertThat(row.get("user_id").isInt()).isTrue();
        assertThat(row.get("message_type").stringValue()).isEqualTo("jelly");
        assertThat(row.get("content").stringValue()).isEqualTo(JellyPack.GREETING);
        assertThat(row.get("timestamp").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
        assertThat(row.get("application").stringValue()).isEmpty();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(first.headers().firstValue("X-Correlation-ID")).isPresent();
    }

    @Test
    void case02_aTurnIsAnsweredAndStandsInTheHistory() throws Exception {
        running.model().onTag("case 2", Turn.text("It is ", "a chain. "));

        HttpResponse<String> answer =
                api.post(
                        "/user_message",
                        "{\"user_token\":\"two\",\"message\":\" case 2 \",\"application\":\"telegram\"}");

        assertThat(answer.body()).isEqualTo("{\"response\":\"It is a chain.\"}");
        assertThat(api.rows("two"))
                .containsExactly(
                        "jelly: " + JellyPack.GREETING, "human: case 2", "jelly: It is a chain.");
        JsonNode rows = api.history("two");
        assertThat(rows.get(1).get("application").stringValue()).isEqualTo("telegram");
        assertThat(rows.get(2).get("application").stringValue()).isEmpty();
        assertThat(times(rows)).isSorted();
    }

    @Test
    void case03_theApplicationMayBeAbsent() throws Exception {
        running.model().onTag("case 3", Turn.text("Yes."));

        HttpResponse<String> answer = api.post("/user_message", WIKI.formatted("three", "case 3"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(api.history("three").get(1).get("application").stringValue()).isEmpty();
    }

    @Test
    void case04_aTokenIsStripped() throws Exception {
        running.model().onTag("case 4", Turn.text("Yes."));

        assertThat(api.ask(" four ", "case 4")).isEqualTo("Yes.");

        assertThat(api.rows("four")).hasSize(3);
        assertThat(api.rows(" four ")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"x\"}|user_token",
                "{\"user_token\":\"\",\"message\":\"x\"}|user_token",
                "{\"user_token\":\"  \",\"message\":\"x\"}|user_token",
                "{\"user_token\":5,\"message\":\"x\"}|user_token",
                "{\"user_token\":\"t\"}|message",
                "{\"user_token\":\"t\",\"message\":\"\"}|message",
                "{\"user_token\":\"t\",\"message\":\"  \"}|message",
                "{\"user_token\":\"t\",\"message\":5}|message",
                "{}|user_token"
            })
    void case05_whatIsMissingIsNamed(String body, String field) throws Exception {
        HttpResponse<String> answer = api.post("/user_message", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"'%s' is required\"}".formatted(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user_message", "/history"})
    void case06_whatIsNotJsonIsRefusedInPlainText(String path) throws Exception {
        HttpRequest.Builder plain =
                HttpRequest.newBuilder(running.service().uri(path))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(WIKI.formatted("t", "x")));

        assertNotJson(new ChatApi(running.service()).send(plain));
        assertNotJson(api.post(path, "{bad"));
        assertNotJson(api.post(path, "[1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"user_token\":\"\"}", "{\"user_token\":\" \"}", "{}"})
    void case07_aHistoryNeedsAToken(String body) throws Exception {
        HttpResponse<String> answer = api.post("/history", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(answer.body()).isEqualTo("User token is missing or empty");
    }

    @Test
    void case08_aFailedRunIsAnApology() throws Exception {
        running.model().onTag("case 8", Turn.status(400, Map.of(), "{\"error\":\"secret\"}"));

        assertThat(api.ask("eight", "case 8")).isEqualTo(JellyPack.APOLOGY);

        assertThat(api.rows("eight")).last().isEqualTo("jelly: " + JellyPack.APOLOGY);
    }

    @Test
    void case08_theModelIsToldOfTheApologyInTheNextTurn() throws Exception {
        running.model()
                .onTag("case 8 bad", Turn.status(400, Map.of(), "{}"))
                .onTag("case 8 good", Turn.text("Better."));

        api.ask("eight again", "case 8 bad");
        api.ask("eight again", "case 8 good");

        assertThat(conversation("case 8 good"))
                .containsExactly(
                        JellyPack.GREETING, "case 8 bad", JellyPack.APOLOGY, "case 8 good");
    }

    @Test
    void case09_everyTurnIsListedWithItsAnswer() throws Exception {
        running.model().onTag("case 9", Turn.text("One."), Turn.text("Two."));
        int before = ChatApi.json(api.get("/messages_answers")).size();

        api.ask("nine", "case 9 a");
        api.ask("nine", "case 9 b");

        JsonNode rows = ChatApi.json(api.get("/messages_answers?limit=2&offset=" + before));
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.get(0).propertyNames())
                .containsExactlyInAnyOrder("id", "date", "question", "answer");
        assertThat(rows.get(0).get("question").stringValue()).isEqualTo("case 9 a");
        assertThat(rows.get(1).get("answer").stringValue()).isEqualTo("Two.");
        assertThat(rows.get(1).get("date").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(api.get("/messages_answers?limit=no").statusCode()).isEqualTo(400);
    }

    @Test
    void case10_theBadgeCountsMessages() throws Exception {
        running.model().onTag("case 10", Turn.text("Counted."));
        int before = badge().get("status").asInt();

        api.ask("ten", "case 10");

        JsonNode after = badge();
        assertThat(after.propertyNames()).containsExactlyInAnyOrder("subject", "status", "color");
        assertThat(after.get("subject").stringValue()).isEqualTo("🔥 Total human messages");
        assertThat(after.get("color").stringValue()).isEqualTo("purple");
        assertThat(after.get("status").asInt()).isEqualTo(before + 1);
    }

    @Test
    void case10_theBadgeCountsBeyondAThousand() throws Exception {
        running.model()
                .answer(request ->
                        request.lastUserText().equals("count me") ? Turn.text("Counted.") : null);
        int before = badge().get("status").asInt();

        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> asks = new ArrayList<>();
            for (int i = 0; i < 1001; i++) {
                String token = "ten " + i;
                asks.add(() -> api.ask(token, "count me"));
            }
            for (Future<String> answer : clients.invokeAll(asks)) {
                assertThat(answer.get()).isEqualTo("Counted.");
            }
        }

        assertThat(badge().get("status").asInt()).isEqualTo(before + 1001);
    }

    private static JsonNode badge() throws Exception {
        return ChatApi.json(api.get("/human_message_count"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/user_message", "/history", "/messages_answers", "/human_message_count"})
    void case11_anyOriginMayCall(String path) throws Exception {
        HttpRequest.Builder preflight =
                HttpRequest.newBuilder(running.service().uri(path))
                        .header("Origin", "https://wiki.example")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody());

        HttpResponse<String> answer = new ChatApi(running.service()).send(preflight);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.headers().firstValue("X-Correlation-ID")).isPresent();
    }

    @Test
    void case11_anotherMethodIsNotAllowed() throws Exception {
        HttpResponse<String> answer = api.get("/user_message");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
        assertThat(answer.body()).isEqualTo("{\"error\":\"Method Not Allowed\"}");
    }

    @Test
    void case12_anActionIsARowWithItsSentence() throws Exception {
        running.model()
                .onTag(
                        "case 12",
                        Turn.of(
                                ScriptedCall.call(
                                        "call_1",
                                        "defichain_wiki_knowledge",
                                        "{\"query\":\"staking\"}")),
                        Turn.text("Staking is work."));

        assertThat(api.ask("twelve", "case 12")).isEqualTo("Staking is work.");

        assertThat(api.rows("twelve"))
                .containsExactly(
                        "jelly: " + JellyPack.GREETING,
                        "human: case 12",
                        "tool: " + JellyPack.WIKI_SENTENCE,
                        "jelly: Staking is work.");
    }

    @Test
    void case13_theModelSeesTheLastTenRowsWithoutActions() throws Exception {
        for (int i = 1; i <= 12; i++) {
            running.model()
                    .onTag(
                            "case 13 no " + i + ";",
                            Turn.text("look-up " + i)
                                    .calls(ScriptedCall.call("call_1", "get_proposal_ID", "{}")),
                            Turn.text("answer " + i));
            api.ask("thirteen", "case 13 no " + i + ";");
        }
        running.model().onTag("case 13 last", Turn.text("Enough."));

        api.ask("thirteen", "case 13 last");

        List<String> expected = new ArrayList<>();
        for (int i = 8; i <= 12; i++) {
            expected.add("case 13 no " + i + ";");
            expected.add("look-up " + i);
            expected.add("answer " + i);
        }
        expected.add("case 13 last");
        assertThat(conversation("case 13 last")).isEqualTo(expected);
    }

    /// What the model was shown in the first request for a message, instructions left out.
    private static List<String> conversation(String message) {
        RecordedRequest asked =
                running.model().requests().stream()
                        .filter(it -> it.lastUserText().equals(message))
                        .findFirst()
                        .orElseThrow();
        List<String> texts = new ArrayList<>();
        for (JsonNode sent : asked.body().get("messages")) {
            if (!List.of("system", "developer").contains(sent.get("role").stringValue())) {
                texts.add(sent.get("content").stringValue());
            }
        }
        return texts;
    }

    private static List<OffsetDateTime> times(JsonNode rows) {
        return rows.valueStream()
                .map(row -> OffsetDateTime.parse(row.get("timestamp").stringValue()))
                .toList();
    }

    private static void assertNotJson(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(answer.body()).isEqualTo("Request should be in JSON format");
    }
}
