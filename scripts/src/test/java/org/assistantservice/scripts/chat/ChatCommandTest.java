package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.scripts.chat.ScriptedService.json;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.scripts.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        service.starts("thread_1", "").on("POST /chat", Frames.WITH_ACTION);

        chat("Weather?\nexit\n", "--stream");

        assertThat(afterGreeting().replaceAll("0\\.\\d\\ds", "0.00s"))
                .isEqualTo(
                        """

                        You:   ⚙ get_weather 0.00s → sunny
                        Assistant: It is sunny.
                        [Completed in 2.50s]

                        You: Goodbye!
                        """);
    }

    @Test
    void quietShowsTheAnswerAlone() {
        service.starts("thread_1", "Welcome!").on("POST /chat", Frames.WITH_ACTION);

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
        CommandRun run =
                CommandRun.typed(typed, ChatCommand::new, arguments.toArray(String[]::new));
        out.append(run.out());
        err.append(run.err());
        return run.exit();
    }
}
