package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.blackbox.JellySocket.Event.error;
import static org.assistantservice.blackbox.JellySocket.Event.finalMessage;
import static org.assistantservice.blackbox.JellySocket.Event.token;
import static org.assistantservice.blackbox.JellySocket.Event.toolStart;
import static org.assistantservice.testing.ScriptedCall.call;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.blackbox.JellySocket.Event;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.Turn;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Acceptance cases 15 to 24, 29 and 30 of JellyChat: turns over Socket.IO, in raw packets.
class JellySocketCasesIT {
    private static final Turn LOOKS_UP =
            Turn.of(call("call_1", "defichain_wiki_knowledge", "{\"query\":\"dfi\"}"));

    @TempDir static Path folder;
    private static JellyService running;

    @BeforeAll
    static void startService() throws Exception {
        running = JellyService.in(folder);
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void aMessageThatWaitedIsInTheHistoryAndInTheBadgeOnceItsTurnBegan() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        running.model()
                .onTag("first of two", Turn.text("").pauseUntil(goOn).then("One."))
                .onTag("second of two", Turn.text("Two ").pauseUntil(end).then("now."));
        int before = badge();
        try (JellySocket socket = connected()) {
            socket.ask("queue", "first of two").ask("queue", "second of two");
            goOn.countDown();
            socket.turn();
            socket.next();

            assertThat(badge()).isEqualTo(before + 2);
            assertThat(running.api().rows("queue").stream().skip(1))
                    .containsExactly("human: first of two", "jelly: One.", "human: second of two");

            end.countDown();
            socket.turn();
            assertThat(running.api().rows("queue").stream().skip(3))
                    .containsExactly("human: second of two", "jelly: Two now.");
        }
    }

    private static int badge() throws Exception {
        return ChatApi.json(running.api().get("/human_message_count")).get("status").asInt();
    }

    @Test
    void case15_tokensJoinToTheFinalMessage() throws Exception {
        running.model().onTag("case 15", Turn.text("Good ", "morning 🪼 ", "\"you\". "));

        try (JellySocket socket = connected()) {
            List<Event> turn = socket.ask("fifteen", "case 15", "wiki").turn();

            assertThat(turn)
                    .containsExactly(
                            token("Good "),
                            token("morning 🪼 "),
                            token("\"you\". "),
                            finalMessage("Good morning 🪼 \"you\"."));
            assertThat(socket.poll()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"user_message\",\"sixteen\",\"case 16\"]",
                "42[\"user_message\",{\"user_token\":\"sixteen\",\"message\":\"case 16\","
                        + "\"application\":\"wiki\"}]"
            })
    void case16_twoArgumentsAndOneObjectMeanTheSame(String packet) throws Exception {
        running.model().onTag("case 16", Turn.text("Same."));

        try (JellySocket socket = connected()) {
            assertThat(socket.send(packet).turn())
                    .containsExactly(token("Same."), finalMessage("Same."));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"user_message\"]|'user_token' is required",
                "42[\"user_message\",\"\"]|'user_token' is required",
                "42[\"user_message\",\"seventeen\"]|'message' is required",
                "42[\"user_message\",{\"message\":\"x\"}]|'user_token' is required",
                "42[\"user_message\",5,\"x\"]|'user_token' is required"
            },
            quoteCharacter = '`')
    void case17_whatIsMissingIsNamedAndNothingElseHappens(String packet, String text)
            throws Exception {
        running.model().onTag("case 17", Turn.text("Still here."));

        try (JellySocket socket = connected()) {
            assertThat(socket.send(packet).turn()).containsExactly(error(text));

            assertThat(running.api().rows("seventeen"))
                    .noneMatch(it -> it.startsWith("human: ") && !it.endsWith("case 17"));
            assertThat(socket.ask("seventeen", "case 17").turn())
                    .containsExactly(token("Still here."), finalMessage("Still here."));
        }
    }

    @Test
    void case18_theSentenceComesBeforeTheActionBegins() throws Exception {
        Path file = folder.resolve("case18");
        running.model()
                .onTag(
                        "case 18",
                        Turn.of(call("call_1", "wait_for_file", "{\"path\":\"" + file + "\"}")),
                        Turn.text("Done."));

        try (JellySocket socket = connected()) {
            String first = socket.ask("eighteen", "case 18").next();
            Files.createFile(file);
            List<Event> rest = socket.turn();

            assertThat(Event.of(first)).isEqualTo(toolStart("Waiting for it"));
            assertThat(rest).containsExactly(token("Done."), finalMessage("Done."));
        }
        assertThat(running.api().rows("eighteen"))
                .containsExactly(
                        "jelly: " + JellyPack.GREETING,
                        "human: case 18",
                        "tool: Waiting for it",
                        "jelly: Done.");
    }

    @Test
    void case19_anActionWithoutASentenceIsNamed() throws Exception {
        running.model()
                .onTag(
                        "case 19",
                        Turn.of(call("call_1", "get_proposal_ID", "{}")),
                        Turn.of(call("call_2", "no_such_action", "{}")),
                        Turn.text("42."));

        try (JellySocket socket = connected()) {
            assertThat(socket.ask("nineteen", "case 19").turn())
                    .startsWith(
                            toolStart("Running Get Proposal Id"),
                            toolStart("Running No Such Action"));
        }
    }

    @Test
    void case20_everyRoundIsAnnouncedAndThereIsOneEnd() throws Exception {
        running.model().onTag("case 20 two", LOOKS_UP, LOOKS_UP, Turn.text("Found."));

        try (JellySocket socket = connected()) {
            assertThat(socket.ask("twenty", "case 20 two").turn())
                    .containsExactly(
                            toolStart(JellyPack.WIKI_SENTENCE),
                            toolStart(JellyPack.WIKI_SENTENCE),
                            token("Found."),
                            finalMessage("Found."));
        }
    }

    @Test
    void case20_afterFourRoundsTheModelIsAskedWithoutActions() throws Exception {
        running.model()
                .onTag(
                        "case 20 many",
                        LOOKS_UP,
                        LOOKS_UP,
                        LOOKS_UP,
                        LOOKS_UP,
                        Turn.text("Enough."));

        try (JellySocket socket = connected()) {
            List<Event> turn = socket.ask("twenty", "case 20 many").turn();

            assertThat(turn).hasSize(6).endsWith(token("Enough."), finalMessage("Enough."));
        }
        List<RecordedRequest> asked =
                running.model().requests().stream()
                        .filter(it -> it.lastUserText().equals("case 20 many"))
                        .toList();
        assertThat(asked).hasSize(5);
        assertThat(asked.get(3).body().path("tools").size()).isPositive();
        assertThat(asked.get(4).body().path("tools").size()).isZero();
    }

    @Test
    void case21_aRunThatFailsIsAnApology() throws Exception {
        running.model()
                .onTag("case 21 early", Turn.status(400, Map.of(), "{\"error\":\"secret\"}"))
                .onTag("case 21 late", Turn.text("Half ", "an ", "answer").cutAfter(2));

        try (JellySocket socket = connected()) {
            assertThat(socket.ask("21", "case 21 early").turn())
                    .containsExactly(token(JellyPack.APOLOGY), finalMessage(JellyPack.APOLOGY));
            assertThat(socket.ask("21", "case 21 late").turn())
                    .startsWith(token("Half "))
                    .endsWith(token(JellyPack.APOLOGY), finalMessage(JellyPack.APOLOGY));
        }
    }

    @Test
    void case22_anActionThatThrowsIsToldToTheModel() throws Exception {
        running.model()
                .onTag("case 22", Turn.of(call("call_1", "fails", "{}")), Turn.text("A storm."));

        try (JellySocket socket = connected()) {
            assertThat(socket.ask("22", "case 22").turn())
                    .containsExactly(
                            toolStart("Running Fails"),
                            token("A storm."),
                            finalMessage("A storm."));
        }
        assertThat(running.model().requests().stream().map(RecordedRequest::lastText))
                .anyMatch(it ->
                        it.startsWith(
                                "Error: Function 'fails' execution failed: the sea is rough"));
    }

    @Test
    void case24_anAcknowledgementIsAnEmptyList() throws Exception {
        running.model().onTag("case 24", Turn.text("Yes."));

        try (JellySocket socket = connected()) {
            socket.send("421[\"user_message\",\"24\",\"case 24\"]");

            assertThat(socket.next()).isEqualTo("431[]");
            assertThat(socket.turn()).containsExactly(token("Yes."), finalMessage("Yes."));
        }
    }

    @Test
    void case29_twoSocketsOfOneUserAreAnsweredOneAfterTheOther() throws Exception {
        CountDownLatch both = new CountDownLatch(1);
        running.model()
                .onTag("case 29 a", Turn.text("a1 ").pauseUntil(both).then("a2"))
                .onTag("case 29 b", Turn.text("b1 ", "b2"));

        try (JellySocket a = connected();
                JellySocket b = connected()) {
            a.ask("29", "case 29 a");
            String first = a.next();
            b.send("427[\"user_message\",\"29\",\"case 29 b\"]");
            assertThat(b.next()).isEqualTo("437[]");
            both.countDown();

            assertThat(Event.of(first)).isEqualTo(token("a1 "));
            assertThat(a.turn()).containsExactly(token("a2"), finalMessage("a1 a2"));
            assertThat(b.turn()).containsExactly(token("b1 "), token("b2"), finalMessage("b1 b2"));
            assertThat(a.poll()).isNull();
        }
        assertThat(running.api().rows("29").stream().skip(1))
                .containsExactly(
                        "human: case 29 a", "jelly: a1 a2", "human: case 29 b", "jelly: b1 b2");
    }

    @Test
    void case30_aTurnWhoseSocketIsGoneStillEnds() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        running.model().onTag("case 30", Turn.text("Still ").pauseUntil(gone).then("here."));

        try (JellySocket socket = connected()) {
            socket.ask("30", "case 30").next();
        }
        gone.countDown();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(running.api().rows("30")).endsWith("jelly: Still here."));
    }

    @Test
    void case30_aNewMessageCancelsATurnThatNobodyFollows() throws Exception {
        running.model()
                .onTag("case 30 left", Turn.text("Never ").hang())
                .onTag("case 30 next", Turn.text("Next."));

        try (JellySocket socket = connected()) {
            socket.ask("30 left", "case 30 left").next();
            socket.send("41").closeCode();
        }

        assertThat(running.api().ask("30 left", "case 30 next")).isEqualTo("Next.");
        assertThat(running.api().rows("30 left").stream().skip(1))
                .containsExactly(
                        "human: case 30 left",
                        "jelly: " + JellyPack.APOLOGY,
                        "human: case 30 next",
                        "jelly: Next.");
    }

    @Test
    void messagesOfOneSocketAreAnsweredAndRefusedInTheirOrder() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        running.model().onTag("waiting 0", Turn.text("0 ").pauseUntil(go).then("end"));
        for (int i = 1; i < 5; i++) {
            running.model().onTag("waiting " + i, Turn.text(i + " ", "end"));
        }
        List<Event> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            expected.addAll(List.of(token(i + " "), token("end"), finalMessage(i + " end")));
        }
        expected.add(error("Too many messages are waiting"));

        try (JellySocket socket = connected()) {
            for (int i = 0; i < 6; i++) {
                socket.send("42%d[\"user_message\",\"many\",\"waiting %d\"]".formatted(i, i));
            }
            List<Event> events = new ArrayList<>();
            socket.until("435[]"::equals).stream()
                    .filter(packet -> packet.startsWith("42"))
                    .map(Event::of)
                    .forEach(events::add);
            go.countDown();
            for (int i = 0; i < 6; i++) {
                events.addAll(socket.turn());
            }
            assertThat(events).isEqualTo(expected);
        }
    }

    @Test
    void whatWaitsWhenItsSocketClosesIsAnsweredInTheHistory() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        running.model()
                .onTag("left 1", Turn.text("One ").pauseUntil(gone).then("end."))
                .onTag("left 2", Turn.text("Two."));

        try (JellySocket socket = connected()) {
            socket.ask("left", "left 1").next();
            socket.send("421[\"user_message\",\"left\",\"left 2\"]");
            assertThat(socket.next()).isEqualTo("431[]");
        }
        gone.countDown();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(running.api().rows("left").stream().skip(1))
                                .containsExactly(
                                        "human: left 1",
                                        "jelly: One end.",
                                        "human: left 2",
                                        "jelly: Two."));
    }

    private static JellySocket connected() throws InterruptedException {
        return JellySocket.connected(running.service());
    }
}
