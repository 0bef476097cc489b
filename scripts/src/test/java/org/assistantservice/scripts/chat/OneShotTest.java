package org.assistantservice.scripts.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.scripts.chat.ScriptedService.sse;

import java.io.IOException;
import java.util.stream.Stream;
import org.assistantservice.scripts.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneShotTest {
    private static final String FAILED = Frames.sse("2", Frames.run("failed", ""));

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
    void aSingleQuestionPrintsItsAnswerAlone() {
        service.starts("thread_1", "Welcome!").on("POST /chat", Frames.WITH_ACTION);

        assertThat(chat("", "-p", "Weather?")).isEqualTo(new CommandRun(0, "It is sunny.\n", ""));
    }

    @Test
    void aSingleQuestionMayComeFromAPipe() {
        service.starts("thread_1", "").on("POST /chat", Frames.WITH_ACTION);

        chat("Weather?\nNow?\n", "-p", "-");

        assertThat(service.requests("POST /chat").getFirst().body())
                .isEqualTo("{\"message\":\"Weather?\\nNow?\",\"thread_id\":\"thread_1\"}");
    }

    @Test
    void aSingleQuestionMayBeAnsweredInJson() {
        service.starts("thread_1", "").on("POST /chat", Frames.WITH_ACTION);

        CommandRun run = chat("", "-p", "Weather?", "--output", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.out().replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":0"))
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

        CommandRun run = chat("", "-p", "Hello", "--output", "stream-json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        Frames.delta("Hi"),
                        Frames.run("failed", ""),
                        """
                        {"event":"result","data":{"thread_id":"thread_1","run_id":"%s","text":"Hi",\
                        "actions":[],"error":"[Error: Run failed]"}}\
                        """
                                .formatted(Frames.RUN));
        assertThat(run.err()).isEqualTo("[Error: Run failed]\n");
    }

    private CommandRun chat(String typed, String... arguments) {
        return CommandRun.typed(
                typed,
                ChatCommand::new,
                Stream.concat(Stream.of("--base-url", service.baseUrl()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
