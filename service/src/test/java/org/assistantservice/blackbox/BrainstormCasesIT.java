package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
import tools.jackson.databind.json.JsonMapper;

/// The acceptance cases of brainstorm that need no setting.
class BrainstormCasesIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ANSWER =
            "  Line one\n\n- \"quoted\": back\\slash\n- *idea*: 🐱 and ünïcödé\n\n# Heading  ";

    @TempDir static Path folder;
    private static ScriptedModelServer model;
    private static ServiceProcess service;

    @BeforeAll
    static void startService() throws Exception {
        model = ScriptedModelServer.start();
        service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456")
                        .with("ASSISTANT_SERVICE_SOCKETS_PING_INTERVAL", "500ms");
        IdeaPack.drop(service);
        service.start();
    }

    @AfterAll
    static void stopService() throws Exception {
        service.close();
        model.close();
    }

    @Test
    void case1_aMessageIsAnsweredByPiecesAndOneDone() throws Exception {
        model.onTag("case 1.", Turn.text("Hello! ", "What shall we think about today?"));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("a", "case 1.");

            assertThat(ChatSocketClient.values(turn, "message"))
                    .containsExactly("Hello! What shall we think about today?");
            assertThat(turn).filteredOn(it -> it.path("done").asBoolean(false)).hasSize(1);
            assertThat(turn.getLast())
                    .isEqualTo(JSON.readTree("{\"chatId\":\"a\",\"tag\":\"done\"}"));
            assertNothingMore(socket);
        }
    }

    @Test
    void case2_everyPieceHasExactlyFourFields() throws Exception {
        model.onTag(
                "case 2.",
                Turn.of(call("call_1", "save_idea", "{\"text\":\"Whiskers\"}")),
                Turn.text("A first piece of text, ", "and a second one, ", "and the last."));

        try (var socket = connect()) {
            List<JsonNode> pieces = socket.ask("case2", "case 2.");

            assertThat(pieces.removeLast().propertyNames()).containsExactly("chatId", "tag");
            assertThat(pieces)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(piece -> {
                        assertThat(piece.propertyNames())
                                .containsExactlyInAnyOrder("chunk", "chatId", "tag", "done");
                        assertThat(piece.get("done").isBoolean()).isTrue();
                    });
        }
    }

    @Test
    void case3_theJoinedPiecesAreTheAnswerByteForByte() throws Exception {
        model.onTag("case 3.", Turn.text(ANSWER.split("(?<=\\G.{3})", -1)));
        model.onTag("case 3 whole", Turn.text(ANSWER));

        try (var socket = connect()) {
            assertThat(ChatSocketClient.values(socket.ask("case3", "case 3."), "message"))
                    .containsExactly(ANSWER);
            assertThat(ChatSocketClient.values(socket.ask("case3", "case 3 whole"), "message"))
                    .containsExactly(ANSWER);
        }
    }

    @Test
    void case4_singleCharactersAreGatheredToPiecesOfTwentyCodePoints() throws Exception {
        String answer = "🐱🐱 twenty characters or more, however slowly the model says them";
        model.onTag("case 4.", Turn.text(singleCharacters(answer)).pace(Duration.ofMillis(2)));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("case4", "case 4.");

            List<String> chunks =
                    turn.stream()
                            .filter(it -> it.has("chunk"))
                            .map(it -> it.get("chunk").asString())
                            .toList();
            assertThat(String.join("", chunks)).isEqualTo(answer);
            assertThat(chunks.subList(0, chunks.size() - 1))
                    .isNotEmpty()
                    .allMatch(it -> it.codePointCount(0, it.length()) >= 20);
        }
    }

    @Test
    void case6_ideasComeAsEntriesOfTheirOwnBeforeTheMessage() throws Exception {
        model.onTag(
                "case 6.",
                Turn.of(
                        call("call_1", "save_idea", "{\"text\":", "\"Whiskers\"}"),
                        call("call_2", "save_idea", "{\"text\":\"Fluffy\"}")),
                Turn.text("Saved them!"));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("123", "case 6.");

            assertThat(turn)
                    .extracting(JsonNode::toString)
                    .containsExactly(
                            piece("Whiskers", "123", "idea", true),
                            piece("Fluffy", "123", "idea", true),
                            piece("Saved them!", "123", "message", true),
                            "{\"chatId\":\"123\",\"tag\":\"done\"}");
            assertThat(toolResults(lastRequest("case 6.")))
                    .containsExactly("Idea saved", "Idea saved");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "case 7|123456789 123456789 123456789 123456789 123456789 1234567890",
                "case 8|a line\\nbreak and \"quotes\" \\\\ 🐱"
            })
    void case7and8_anIdeaArrivesUnchanged(String tag, String written) throws Exception {
        String idea = written.replace("\\n", "\n").replace("\\\\", "\\");
        model.onTag(
                tag,
                Turn.of(call("call_1", "save_idea", JSON.writeValueAsString(Map.of("text", idea)))),
                Turn.text("Saved."));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask(tag, tag);

            assertThat(ChatSocketClient.values(turn, "idea")).containsExactly(idea);
            List<JsonNode> pieces =
                    turn.stream().filter(it -> ChatSocketClient.tag(it).equals("idea")).toList();
            assertThat(pieces.subList(0, pieces.size() - 1))
                    .noneMatch(it -> it.get("done").asBoolean());
        }
    }

    @Test
    void case9_aChatRemembersItsOwnTurnsOnly() throws Exception {
        model.onTag("case 9 first", Turn.text("A cat."))
                .onTag("case 9 second", Turn.text("Yes."))
                .onTag("case 9 other", Turn.text("No."));

        try (var socket = connect()) {
            socket.ask("case9", "case 9 first");
            socket.ask("case9", "case 9 second");
            socket.ask("case9-other", "case 9 other");

            assertThat(lastRequest("case 9 second").body().toString())
                    .contains("case 9 first", "A cat.");
            assertThat(lastRequest("case 9 other").body().toString())
                    .doesNotContain("case 9 first", "A cat.");
        }
    }

    @Test
    void case10_messagesSentTogetherAreAnsweredOneAfterTheOther() throws Exception {
        model.onTag("case 10 slow", Turn.text("one ", "one").pace(Duration.ofMillis(100)))
                .onTag("case 10 fast", Turn.text("two"));

        try (var socket = connect()) {
            socket.say("case10", "case 10 slow").say("case10", "case 10 fast");

            assertThat(ChatSocketClient.values(socket.turn(), "message"))
                    .containsExactly("one one");
            assertThat(ChatSocketClient.values(socket.turn(), "message")).containsExactly("two");
            assertNothingMore(socket);
        }
    }

    @Test
    void case10_messagesOfTwoSocketsForOneChatAreAnsweredOneAfterTheOther() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        model.onTag("case 10a", Turn.text("first").pauseUntil(answer).then(" done"))
                .onTag("case 10b", Turn.text("second"));

        try (var one = connect();
                var two = connect()) {
            one.say("case10s", "case 10a");
            awaitRequest("case 10a");
            two.say("case10s", "case 10b");
            answer.countDown();

            assertThat(ChatSocketClient.values(one.turn(), "message"))
                    .containsExactly("first done");
            assertThat(ChatSocketClient.values(two.turn(), "message")).containsExactly("second");
            assertThat(lastRequest("case 10b").body().toString()).contains("first done");
        }
    }

    @Test
    void case11_twoChatsShareASocketSideBySide() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        model.onTag("case 11 slow", Turn.text("slow ").pauseUntil(slow).then("answer"))
                .onTag("case 11 fast", Turn.text("fast answer"));

        try (var socket = connect()) {
            socket.say("case11-slow", "case 11 slow").say("case11-fast", "case 11 fast");

            List<JsonNode> fast = socket.turn();
            slow.countDown();
            List<JsonNode> other = socket.turn();

            assertThat(fast).allMatch(it -> it.get("chatId").asString().equals("case11-fast"));
            assertThat(other).allMatch(it -> it.get("chatId").asString().equals("case11-slow"));
            assertThat(ChatSocketClient.values(fast, "message")).containsExactly("fast answer");
            assertThat(ChatSocketClient.values(other, "message")).containsExactly("slow answer");
        }
    }

    @Test
    void case12_twoFirstMessagesAtOnceShareOneThread() throws Exception {
        model.onTag("case 12", Turn.text("x"), Turn.text("x"), Turn.text("x"));

        try (var one = connect();
                var two = connect()) {
            one.say("case12", "case 12 one");
            two.say("case12", "case 12 two");
            one.turn();
            two.turn();
            one.ask("case12", "case 12 three");

            assertThat(lastRequest("case 12 three").body().toString())
                    .contains("case 12 one", "case 12 two");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[1]", "\"x\"", ""})
    void case14_whatIsNoObjectIsRefusedAndTheSocketStays(String sent) throws Exception {
        model.onTag("case 14", Turn.text("Still here."));

        try (var socket = connect()) {
            List<JsonNode> refused = socket.send(sent).turn();
            List<JsonNode> answered = socket.ask("case14", "case 14");

            assertRefused(refused, "", "Invalid message");
            assertThat(ChatSocketClient.values(answered, "message")).containsExactly("Still here.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"chatId\":\"a\"}|a",
                "{\"chatId\":\"a\",\"message\":\"\"}|a",
                "{\"chatId\":\"a\",\"message\":5}|a",
                "{\"message\":\"x\"}|''",
                "{\"message\":\"x\",\"chatId\":\"\"}|''",
                "{\"message\":\"x\",\"chatId\":7}|''",
                "{}|''"
            })
    void case15_aMissingFieldIsNamed(String sent, String chatId) throws Exception {
        try (var socket = connect()) {
            assertRefused(socket.send(sent).turn(), chatId, "Missing message or chatId");
        }
    }

    @Test
    void case16_aFailingProviderIsAnErrorAndTheNextTurnWorks() throws Exception {
        model.onTag("case 16 fails", Turn.status(400, Map.of(), "{\"error\":\"secret\"}"))
                .onTag("case 16 works", Turn.text("Good."));

        try (var socket = connect()) {
            List<JsonNode> failed = socket.ask("case16", "case 16 fails");
            List<JsonNode> next = socket.ask("case16", "case 16 works");

            assertRefused(failed, "case16", "Model provider error");
            assertThat(failed.toString()).doesNotContain("secret");
            assertThat(ChatSocketClient.values(next, "message")).containsExactly("Good.");
        }
    }

    @Test
    void case17_anAnswerThatBreaksOffIsClosedBeforeTheError() throws Exception {
        model.onTag("case 17", Turn.text("Half an answer is here, ", "and more").cutAfter(2));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("case17", "case 17");

            assertThat(turn)
                    .extracting(ChatSocketClient::tag)
                    .containsExactly("message", "message", "error", "done");
            assertThat(turn.get(0).toString())
                    .isEqualTo(piece("Half an answer is here, ", "case17", "message", false));
            assertThat(turn.get(1).toString()).isEqualTo(piece("", "case17", "message", true));
            assertRefused(turn.subList(2, 4), "case17", "Model provider error");
        }
    }

    @Test
    void case18_anIncompleteRunIsAnErrorWithOneDone() throws Exception {
        model.onTag("case 18", Turn.text("Too long").finishReason("length"))
                .onTag("case 18b", Turn.text("Too long").finishReason("length"));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("case18", "case 18");

            assertThat(turn)
                    .extracting(ChatSocketClient::tag)
                    .containsExactly("message", "message", "error", "done");
            assertRefused(turn.subList(2, 4), "case18", "Run incomplete: max_completion_tokens");
            assertNothingMore(socket);
        }
    }

    @Test
    void case19_anIdeaThatIsNotSavedIsNotShown() throws Exception {
        model.onTag(
                "case 19",
                Turn.of(
                        call("call_1", "save_idea", "{\"text\":\"unsaveable\"}"),
                        call("call_2", "save_idea", "{\"text\":\"good\"}")),
                Turn.text("One of them."));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("case19", "case 19");

            assertThat(ChatSocketClient.values(turn, "idea")).containsExactly("good");
            assertThat(ChatSocketClient.values(turn, "message")).containsExactly("One of them.");
            assertThat(toolResults(lastRequest("case 19")).getFirst())
                    .startsWith(
                            "Error: Function 'save_idea' execution failed: the store of ideas is"
                                    + " full (correlation_id: ");
        }
    }

    @Test
    void case20_aModelThatSaysNothingStillEndsItsMessage() throws Exception {
        model.onTag("case 20", Turn.text());

        try (var socket = connect()) {
            assertThat(socket.ask("case20", "case 20"))
                    .extracting(JsonNode::toString)
                    .containsExactly(
                            piece("", "case20", "message", true),
                            "{\"chatId\":\"case20\",\"tag\":\"done\"}");
        }
    }

    @Test
    void case21_aSilentModelIsCoveredByPings() throws Exception {
        model.onTag("case 21", Turn.text().silence(Duration.ofSeconds(3)).then("At last."));

        try (var socket = connect()) {
            List<JsonNode> turn = socket.ask("case21", "case 21");

            assertThat(socket.pings()).isGreaterThanOrEqualTo(3);
            assertThat(turn).hasSize(2);
            assertThat(ChatSocketClient.values(turn, "message")).containsExactly("At last.");
        }
    }

    @Test
    void case22_aLostSocketLosesNothingOfTheConversation() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        model.onTag("case 22 first", Turn.text("Half, ").pauseUntil(answer).then("and whole."))
                .onTag("case 22 second", Turn.text("Welcome back."));

        try (var lost = connect()) {
            lost.say("case22", "case 22 first");
            awaitRequest("case 22 first");
        }
        try (var socket = connect()) {
            socket.say("case22", "case 22 second");
            answer.countDown();

            assertThat(ChatSocketClient.values(socket.turn(), "message"))
                    .containsExactly("Welcome back.");
            assertThat(lastRequest("case 22 second").body().toString())
                    .contains("case 22 first", "Half, and whole.");
        }
    }

    @Test
    void case24_getWithoutUpgradeIsRefusedAndPostIsTheMainSystems() throws Exception {
        model.onTag("case 24", Turn.text("Posted."));
        ChatApi api = new ChatApi(service);

        HttpResponse<String> plain = api.get("/chat");
        HttpResponse<String> head =
                api.send(
                        HttpRequest.newBuilder(service.uri("/chat"))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> posted = api.chat("new", "case 24");

        assertThat(plain.statusCode()).isEqualTo(405);
        assertThat(plain.headers().allValues("Allow")).containsExactly("POST");
        assertThat(plain.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
        assertThat(plain.headers().firstValue("X-Correlation-ID")).isPresent();
        assertThat(head.statusCode()).isEqualTo(405);
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(200);
    }

    @Test
    void onlyTheWebSocketIsOpenToPagesFromAnywhere() throws Exception {
        HttpResponse<String> posted =
                new ChatApi(service).post("/chat", "{}", "Origin", "https://elsewhere");

        assertThat(posted.statusCode()).isEqualTo(403);
        assertThat(posted.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        try (var socket = new ChatSocketClient(service, "Origin: https://elsewhere")) {
            assertThat(socket.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void case25_whatIsTooLargeOrBinaryClosesItsOwnSocketOnly() throws Exception {
        model.onTag("case 25", Turn.text("Unaffected."));

        try (var other = connect();
                var tooLarge = connect();
                var binary = connect()) {
            tooLarge.say("case25", "x".repeat(70_000));
            binary.send(ChatSocketClient.BINARY, new byte[] {1, 2, 3});

            assertThat(tooLarge.closeCode()).isEqualTo(1009);
            assertThat(binary.closeCode()).isEqualTo(1003);
            assertThat(ChatSocketClient.values(other.ask("case25", "case 25"), "message"))
                    .containsExactly("Unaffected.");
        }
    }

    @Test
    void theUpgradeCarriesTheCorrelationIdThatTheFirstErrorNames() throws Exception {
        try (var socket =
                new ChatSocketClient(
                        service, "X-Correlation-ID: 12345678-abcd", "Origin: https://elsewhere")) {
            assertThat(socket.head())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("X-Correlation-ID: 12345678-abcd\r\n");
            assertThat(socket.send("{}").turn().getFirst().get("error").asString())
                    .isEqualTo("Missing message or chatId (correlation_id: 12345678)");
        }
    }

    private static ChatSocketClient connect() throws Exception {
        return new ChatSocketClient(service);
    }

    private static void assertRefused(List<JsonNode> turn, String chatId, String error) {
        assertThat(turn).hasSize(2);
        JsonNode fault = turn.getFirst();
        assertThat(fault.propertyNames()).containsExactlyInAnyOrder("tag", "error", "chatId");
        assertThat(ChatSocketClient.tag(fault)).isEqualTo("error");
        assertThat(fault.get("chatId").asString()).isEqualTo(chatId);
        assertThat(fault.get("error").asString())
                .matches(
                        java.util.regex.Pattern.quote(error)
                                + " \\(correlation_id: [0-9a-f]{8}\\)");
        assertThat(turn.getLast().toString())
                .isEqualTo("{\"chatId\":\"%s\",\"tag\":\"done\"}".formatted(chatId));
    }

    /// Asks something else: what it brings comes after all that was on its way.
    private static void assertNothingMore(ChatSocketClient socket) throws Exception {
        assertRefused(socket.send("[]").turn(), "", "Invalid message");
        assertThat(socket.poll()).isNull();
    }

    private static String piece(String chunk, String chatId, String tag, boolean isLast) {
        return "{\"chunk\":%s,\"chatId\":\"%s\",\"tag\":\"%s\",\"done\":%s}"
                .formatted(JSON.writeValueAsString(chunk), chatId, tag, isLast);
    }

    private static String[] singleCharacters(String text) {
        List<String> characters = new ArrayList<>();
        text.codePoints().forEach(it -> characters.add(Character.toString(it)));
        return characters.toArray(String[]::new);
    }

    private static RecordedRequest lastRequest(String tag) {
        return model.requests().stream()
                .filter(it -> it.lastUserText().contains(tag))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static void awaitRequest(String tag) {
        org.awaitility.Awaitility.await()
                .until(() ->
                        model.requests().stream().anyMatch(it -> it.lastUserText().contains(tag)));
    }

    private static List<String> toolResults(RecordedRequest request) {
        List<String> results = new ArrayList<>();
        for (JsonNode message : request.body().get("messages")) {
            if (message.path("role").asString("").equals("tool")) {
                results.add(message.get("content").asString());
            }
        }
        return results;
    }
}
