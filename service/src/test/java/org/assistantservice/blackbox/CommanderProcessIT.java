package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Acceptance cases 8 to 10, 12, 14 and 16 to 19 of the commander protocol.
class CommanderProcessIT {
    @TempDir static Path folder;
    private static RunningCommander running;
    private static ScriptedModelServer model;
    private static FileHost host;
    private static CommanderApi api;
    private static String file;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningCommander.prepare(folder);
        model = running.model();
        host = running.host();
        running.service().start();
        api = running.api();
        file = running.file();
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @Test
    void case8_processAnswersWithPromptAndText() throws Exception {
        api.create("eight@b.c", host.url("/a.csv"));
        model.onTag("case eight", Turn.text("Twelve ", "turbines."));

        HttpResponse<String> answer = api.process("eight@b.c", "case eight: how many?");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "[{\"role\":\"user\",\"content\":\"case eight: how"
                                + " many?\",\"imageContent\":null},"
                                + "{\"role\":\"assistant\",\"content\":\"Twelve"
                                + " turbines.\",\"imageContent\":null}]");
    }

    @Test
    void case9_theSecondAnswerStartsAtItsPromptAndTheModelSeesTheFirst() throws Exception {
        api.create("nine@b.c", host.url("/a.csv"));
        model.onTag("case nine", Turn.text("First answer."), Turn.text("Second answer."));

        api.process("nine@b.c", "case nine, one");
        JsonNode second = ChatApi.json(api.process("nine@b.c", "case nine, two"));

        assertThat(second).hasSize(2);
        assertThat(second.get(0).get("content").asString()).isEqualTo("case nine, two");
        assertThat(second.get(1).get("content").asString()).isEqualTo("Second answer.");
        assertThat(running.requests("case nine").getLast().body().get("messages").toString())
                .contains("case nine, one", "First answer.");
    }

    @Test
    void case10_theDateIsAddedToTheUsersInstructions() throws Exception {
        api.create("ten@b.c", "Energy", "Speak like a pirate.", List.of(host.url("/a.csv")));
        model.onTag("case ten", Turn.text("Arr."));

        api.process("ten@b.c", "case ten");

        JsonNode system = running.requests("case ten").getFirst().body().at("/messages/0");
        assertThat(system.get("role").asString()).isEqualTo("system");
        assertThat(system.get("content").asString())
                .startsWith("Speak like a pirate.")
                .containsPattern(
                        "The current date and time is:"
                                + " \\d\\d/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.");
    }

    @Test
    void case12_thePriceIsAskedForOnceAndReachesTheModelAsText() throws Exception {
        api.create("twelve@b.c", host.url("/a.csv"));
        model.onTag(
                "case twelve",
                Turn.of(call("c1", "get_stock_price", "{\"symbol\":\"MSFT\"}")),
                Turn.text("It is 187.44."));

        JsonNode answer = ChatApi.json(api.process("twelve@b.c", "case twelve"));

        assertThat(answer.get(1).get("content").asString()).isEqualTo("It is 187.44.");
        assertThat(host.asked().stream().filter("/price/MSFT"::equals)).hasSize(1);
        RecordedRequest second = running.requests("case twelve").getLast();
        assertThat(second.lastRole()).isEqualTo("tool");
        assertThat(second.body().at("/messages").get(3).get("content").isString()).isTrue();
        assertThat(second.lastText()).isEqualTo("187.44");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|{}|Error: Function 'nonsense' not available (correlation_id: ",
                "get_stock_price|{}|Error: Invalid arguments for function 'get_stock_price': Missing"
                        + " required arguments: symbol (correlation_id: ",
                "get_stock_price|{|Error: Invalid JSON arguments: ",
                "fails|{}|Error: Function 'fails' execution failed: not today (correlation_id: ",
                "hoard|{}|Error: Function 'hoard' execution failed: the file cannot be kept: a file"
                        + " may have 10485760 bytes but has 11534336 (correlation_id: "
            })
    void case14_aBadCallIsToldToTheModel(String name, String arguments, String text)
            throws Exception {
        api.create("fourteen@b.c", host.url("/a.csv"));
        String tag = "case fourteen " + name + arguments;
        model.onTag(tag, Turn.of(call("c1", name, arguments)), Turn.text("I see."));

        HttpResponse<String> answer = api.process("fourteen@b.c", tag);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ChatApi.json(answer).get(1).get("content").asString()).isEqualTo("I see.");
        assertThat(running.requests(tag).getLast().lastText()).startsWith(text);
    }

    @Test
    void case16_anIncompleteRunWithTextIsAnswered() throws Exception {
        api.create("sixteen@b.c", host.url("/a.csv"));
        model.onTag("case sixteen", Turn.text("Half an ans").finishReason("length"));

        HttpResponse<String> answer = api.process("sixteen@b.c", "case sixteen");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ChatApi.json(answer).get(1).get("content").asString()).isEqualTo("Half an ans");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|p|400|No user name name was provided. User name is required.",
                "x|''|400|No prompt was provided. Prompt is required.",
                "''|''|400|No user name name was provided. User name is required.",
                "x|p|404|Assistant not found for user x"
            })
    void case17_emptyValuesAndUnknownUsersAreRefused(
            String user, String prompt, int status, String text) throws Exception {
        HttpResponse<String> refused = api.process(user, prompt);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo("{\"detail\":\"" + text + "\"}");
    }

    @Test
    void case18_othersAreServedWhileAPromptTakesItsTime() throws Exception {
        api.create("a@b.c", file);
        api.create("d@e.f", file);
        CountDownLatch answered = new CountDownLatch(1);
        model.onTag("long turn", Turn.text("At").pauseUntil(answered).then(" last."));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> waiting =
                    threads.submit(() -> api.process("a@b.c", "long turn"));
            running.awaitRequest("long turn");
            long slowest =
                    IntStream.range(0, 3).mapToLong(_ -> slowestOfTwenty()).min().orElseThrow();
            assertThat(waiting.isDone()).isFalse();
            answered.countDown();

            assertThat(ChatApi.json(waiting.get()).get(1).get("content").asString())
                    .isEqualTo("At last.");
            assertThat(slowest).isLessThan(200);
        }
    }

    /// One good round of several will do: other builds may have the processors for a moment.
    private long slowestOfTwenty() {
        return IntStream.range(0, 20).mapToLong(_ -> statusMillis()).max().orElseThrow();
    }

    private long statusMillis() {
        long start = System.nanoTime();
        try {
            assertThat(api.status("d@e.f").statusCode()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    @Test
    void case19_promptsOfOneUserWaitInOrderAndTheSixthIsRefused() throws Exception {
        api.create("a@b.c", file);
        CountDownLatch answered = new CountDownLatch(1);
        model.onTag("prompt 0", Turn.text("A").pauseUntil(answered).then("0"));
        for (int i = 1; i < 5; i++) {
            model.onTag("prompt " + i, Turn.text("A" + i));
        }
        String thread = CommanderApi.value(api.status("a@b.c"), "thread");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String prompt = "prompt " + i;
                waiting.add(threads.submit(() -> api.process("a@b.c", prompt)));
                running.awaitRuns(thread, i + 1);
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
        assertThat(running.requests("prompt "))
                .extracting(RecordedRequest::lastUserText)
                .containsExactly("prompt 0", "prompt 1", "prompt 2", "prompt 3", "prompt 4");
    }
}
