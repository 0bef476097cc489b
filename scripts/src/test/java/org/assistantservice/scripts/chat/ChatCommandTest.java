package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.scripts.chat.ScriptedService.json;
import static org.assistantservice.scripts.chat.ScriptedService.sse;
import static org.assistantservice.scripts.chat.ScriptedSocket.socket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assistantservice.scripts.Streams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChatCommandTest {
    private static final String RULE = "=".repeat(60) + "\n";
    private static final String GREETING =
            "\n"
                    + RULE
                    + """
                    New conversation started!
                    Thread ID: thread_1
                    Correlation ID: c-1
                    Assistant: Welcome!
                    """
                    + RULE
                    + """
                    Type 'exit' or 'quit' to end the conversation.
                    Type 'curl' to see the equivalent curl command.
                    """;
    private static final ScriptedService.Reply STREAM =
            sse(
                    Frames.sse("1", Frames.CREATED),
                    Frames.sse("2", Frames.ASKS),
                    Frames.sse("3", Frames.DONE),
                    Frames.sse("4", Frames.delta("It is ")),
                    Frames.sse("5", Frames.delta("sunny.")),
                    Frames.sse("6", Frames.COMPLETED),
                    Frames.sse("7", Frames.METADATA));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ScriptedService service;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void aConversationIsGreetedAnsweredAndEnded() {
        service.starts("thread_1", "Welcome!")
                .on("POST /chat", json(200, "{\"responses\":[\"Hi!\",\"And hello.\"]}"));

        int exit = chat("Hello\n\nQUIT\n");

        assertThat(exit).isZero();
        assertThat(out)
                .hasToString(
                        GREETING
                                + """

                                You: Assistant: Hi!
                                Assistant: And hello.

                                You: \n\
                                You: Goodbye!
                                """);
    }

    @Test
    void theEndOfAPipeIsAGoodbye() {
        service.starts("thread_1", "Welcome!");

        assertThat(chat("")).isZero();
        assertThat(out).hasToString(GREETING + "\nYou: \nGoodbye!\n");
    }

    @Test
    void aStreamShowsActionsTextAndTime() {
        service.starts("thread_1", "").on("POST /chat", STREAM);

        chat("Weather?\nexit\n", "--stream");

        assertThat(afterGreeting())
                .matches(
                        Pattern.quote("\nYou:   ⚙ get_weather ")
                                + "0\\.\\d\\ds"
                                + Pattern.quote(
                                        """
                                         → sunny
                                        Assistant: It is sunny.
                                        [Completed in 2.50s]

                                        You: Goodbye!
                                        """));
    }

    @Test
    void quietShowsTheAnswerAlone() {
        service.starts("thread_1", "Welcome!").on("POST /chat", STREAM);

        chat("Weather?\nexit\n", "--stream", "-q");

        assertThat(out).hasToString("\nYou: Assistant: It is sunny.\n\nYou: Goodbye!\n");
    }

    @Test
    void aKnownThreadGoesOnWithoutAStart() {
        service.on("POST /chat", json(200, "{\"responses\":[]}"));

        chat("Hello\nexit\n", "--thread-id", "thread_x");

        assertThat(out.toString())
                .startsWith(
                        "\n"
                                + RULE
                                + "Continuing conversation with thread: thread_x\n"
                                + RULE
                                + "Type 'exit'")
                .contains("You: [No response generated]\n");
        assertThat(service.requests("GET /start")).isEmpty();
        assertThat(service.requests("POST /chat").getFirst().body())
                .isEqualTo("{\"message\":\"Hello\",\"thread_id\":\"thread_x\"}");
    }

    @Test
    void anErrorIsShownAndThePromptReturns() {
        service.starts("thread_1", "")
                .on("POST /chat", json(502, "{\"detail\":\"Failed to create run\"}"))
                .on("POST /chat", json(200, "[]"))
                .on("POST /chat", (_, connection) -> connection.awaitEnd());

        chat("a\nb\nc\nexit\n", "--timeout", "0.3");

        assertThat(afterGreeting())
                .isEqualTo(
                        """

                        You: [Error: 502] Failed to create run

                        You: [Error parsing response]

                        You: [Error: Request timed out]

                        You: Goodbye!
                        """);
        assertThat(service.requests("POST /chat")).hasSize(3);
    }

    @Test
    void curlPrintsACommandForTheLastRealMessage() throws Exception {
        service.starts("thread_1", "")
                .on("POST /chat", json(200, "{\"responses\":[\"Hi\"]}"))
                .on("POST /chat", json(200, "{\"responses\":[\"Hi\"]}"));

        chat("It's é\nCurl\nexit\n");

        String shown = out.toString();
        String command = shown.substring(shown.indexOf("curl -X"), shown.lastIndexOf("\n\nYou: "));
        assertThat(shown).contains("You: Equivalent curl command:\ncurl -X");
        Process shell = new ProcessBuilder("sh", "-c", command).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("{\"responses\":[\"Hi\"]}");
        assertThat(service.requests("POST /chat"))
                .extracting(ScriptedService.Request::body)
                .containsExactly(
                        "{\"message\":\"It's é\",\"thread_id\":\"thread_1\"}",
                        "{\"message\":\"It's é\",\"thread_id\":\"thread_1\"}");
    }

    @Test
    void withoutAThreadThereIsNoConversation() {
        service.on("GET /start", json(503, "{\"detail\":\"Service is shutting down\"}"));

        assertThat(chat("Hello\n")).isEqualTo(1);
        assertThat(err).hasToString("Failed to start conversation: 503 Service is shutting down\n");
        assertThat(out).asString().isEmpty();
    }

    @Test
    void withoutAServiceThereIsNoConversation() throws IOException {
        service.close();

        assertThat(chat("Hello\n")).isEqualTo(1);
        assertThat(err).hasToString("Failed to start conversation: Connection refused\n");
    }

    @Test
    void anotherAssistantIsAskedForByName() {
        service.starts("thread_1", "");

        chat("", "--assistant", "Weather Assistant", "--api-key", "k-1");

        ScriptedService.Request start = service.requests("GET /start").getFirst();
        assertThat(start.target()).isEqualTo("/start?assistant_id=Weather+Assistant");
        assertThat(start.headers()).containsEntry("authorization", "Bearer k-1");
    }

    @Test
    void aWebSocketAnswersEveryQuestionOfTheConversation() {
        service.starts("thread_1", "Welcome!")
                .on(
                        "GET /ws/chat",
                        socket(socket -> {
                            socket.receive();
                            socket.ping();
                            socket.send(Frames.CREATED, Frames.delta("One"));
                            socket.send(Frames.COMPLETED, Frames.METADATA);
                            socket.receive();
                            socket.send(Frames.CREATED, Frames.run("failed", ""));
                            socket.receive();
                            socket.send(
                                    "{\"event\":\"error\",\"error\":\"Thread not"
                                            + " found\",\"error_code\":\"x\"}");
                            socket.receive();
                            socket.close();
                        }));

        chat("1\n2\n3\n4\nexit\n", "--transport", "ws");

        assertThat(out.toString())
                .doesNotContain("Correlation ID")
                .contains(
                        "Connecting to ws://localhost:%s/ws/chat...\n"
                                        .formatted(service.baseUrl().split(":", -1)[2])
                                + "Connected! Type 'exit' or 'quit' to end the conversation.\n")
                .endsWith(
                        """

                        You: Assistant: One
                        [Completed in 2.50s]

                        You: [Error: Run failed]

                        You: [Error: Thread not found]

                        You: [Connection closed]

                        You: Goodbye!
                        """);
    }

    @Test
    void aWebSocketIsOpenedAgainForTheNextQuestion() {
        service.starts("thread_1", "")
                .on("GET /ws/chat", socket(socket -> socket.receive()))
                .on(
                        "GET /ws/chat",
                        socket(socket -> {
                            socket.receive();
                            socket.send(Frames.delta("Back"), Frames.COMPLETED);
                            socket.send(Frames.METADATA);
                        }));

        chat("1\n2\nexit\n", "--transport", "ws");

        assertThat(out.toString())
                .endsWith(
                        """

                        You: [Connection closed]

                        You: Assistant: Back
                        [Completed in 2.50s]

                        You: Goodbye!
                        """);
    }

    @Test
    void aSingleQuestionPrintsItsAnswerAlone() {
        service.starts("thread_1", "Welcome!").on("POST /chat", STREAM);

        assertThat(chat("", "-p", "Weather?")).isZero();
        assertThat(out).hasToString("It is sunny.\n");
        assertThat(err).asString().isEmpty();
    }

    @Test
    void aSingleQuestionMayComeFromAPipe() {
        service.starts("thread_1", "").on("POST /chat", STREAM);

        chat("Weather?\nNow?\n", "-p", "-");

        assertThat(service.requests("POST /chat").getFirst().body())
                .isEqualTo("{\"message\":\"Weather?\\nNow?\",\"thread_id\":\"thread_1\"}");
    }

    @Test
    void aSingleQuestionMayBeAnsweredInJson() {
        service.starts("thread_1", "").on("POST /chat", STREAM);

        assertThat(chat("", "-p", "Weather?", "--output", "json")).isZero();
        assertThat(out.toString().replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":0"))
                .isEqualTo(
                        """
                        {"thread_id":"thread_1","run_id":"%s","text":"It is sunny.",\
                        "actions":[{"id":"call_1","name":"get_weather","arguments":"{}",\
                        "output":"sunny","seconds":0}],"elapsed_time_seconds":2.5}
                        """
                                .formatted(Frames.RUN));
    }

    @Test
    void aSingleQuestionMayBeAnsweredFrameByFrame() {
        service.starts("thread_1", "")
                .on("POST /chat", sse(Frames.sse("1", Frames.delta("Hi")), FAILED));

        assertThat(chat("", "-p", "Hello", "--output", "stream-json")).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        Frames.delta("Hi"),
                        Frames.run("failed", ""),
                        """
                        {"event":"result","data":{"thread_id":"thread_1","run_id":"%s","text":"Hi",\
                        "actions":[],"error":"[Error: Run failed]"}}\
                        """
                                .formatted(Frames.RUN));
        assertThat(err).hasToString("[Error: Run failed]\n");
    }

    @Test
    void whatSteersATerminalIsNotPrinted() {
        service.starts("thread_1", "")
                .on("POST /chat", json(200, "{\"responses\":[\"a\\u001b[2Jb\\tc\\u0007\"]}"));

        chat("Hello\nexit\n");

        assertThat(afterGreeting()).startsWith("\nYou: Assistant: a[2Jb\tc\n");
    }

    @Test
    void wrongUsageIsExitCode2() {
        for (List<String> wrong :
                List.of(
                        List.of("--base-url", "localhost:8000"),
                        List.of("--output", "xml"),
                        List.of("--transport", "carrier-pigeon"),
                        List.of("-p", " "),
                        List.of("--timeout", "0"))) {
            assertThat(run("", wrong)).as(wrong.toString()).isEqualTo(2);
        }
        assertThat(err.toString())
                .contains(
                        "--base-url must be like http://localhost:8000 or ws://localhost:8000 but"
                                + " was 'localhost:8000'\n",
                        "--output must be text, json or stream-json but was 'xml'\n",
                        "-p must not be blank\n",
                        "--timeout must be over 0 but was 0.0\n");
    }

    private static final String FAILED = Frames.sse("2", Frames.run("failed", ""));

    private String afterGreeting() {
        String text = out.toString();
        return text.substring(text.indexOf("command.\n") + "command.\n".length());
    }

    private int chat(String typed, String... arguments) {
        return run(
                typed,
                Stream.concat(Stream.of("--base-url", service.baseUrl()), Stream.of(arguments))
                        .toList());
    }

    private int run(String typed, List<String> arguments) {
        var streams =
                new Streams(
                        new ByteArrayInputStream(typed.getBytes(UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        false);
        return new CommandLine(new ChatCommand(streams))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(streams.out())
                .setErr(streams.err())
                .execute(arguments.toArray(String[]::new));
    }
}
