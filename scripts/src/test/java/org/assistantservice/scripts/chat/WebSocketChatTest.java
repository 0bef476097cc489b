package org.assistantservice.scripts.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.scripts.chat.ScriptedSocket.socket;

import java.io.IOException;
import java.util.stream.Stream;
import org.assistantservice.scripts.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketChatTest {
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

        CommandRun run = chat("1\n2\n3\n4\nexit\n", "--transport", "ws");

        assertThat(run.out())
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
                            socket.awaitEnd();
                        }));

        CommandRun run = chat("1\n2\nexit\n", "--transport", "ws");

        assertThat(run.out())
                .endsWith(
                        """

                        You: [Connection closed]

                        You: Assistant: Back
                        [Completed in 2.50s]

                        You: Goodbye!
                        """);
    }

    @Test
    void anEndThatComesTooLateIsNotTakenForTheNextAnswer() {
        service.starts("thread_1", "")
                .on(
                        "GET /ws/chat",
                        socket(socket -> {
                            socket.receive();
                            socket.send(Frames.delta("One"), Frames.COMPLETED);
                            socket.awaitEnd();
                        }))
                .on(
                        "GET /ws/chat",
                        socket(socket -> {
                            socket.receive();
                            socket.send(Frames.delta("Two"), Frames.COMPLETED, Frames.METADATA);
                            socket.awaitEnd();
                        }));

        CommandRun run = chat("1\n2\nexit\n", "--transport", "ws", "--timeout", "10");

        assertThat(run.out())
                .containsSubsequence("Assistant: One\n", "Assistant: Two\n[Completed in 2.50s]\n");
    }

    private CommandRun chat(String typed, String... arguments) {
        return CommandRun.typed(
                typed,
                ChatCommand::new,
                Stream.concat(Stream.of("--base-url", service.baseUrl()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
