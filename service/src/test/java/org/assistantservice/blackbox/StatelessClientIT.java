package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client of `docs/stateless-chat.md`, as a reader would run it.
class StatelessClientIT {
    private static final Path PAGE = Path.of("..", "docs", "stateless-chat.md");

    @TempDir Path folder;

    @Test
    void theClientOfThePageHoldsAConversation() throws Exception {
        try (RunningService running = StatelessApi.in(folder).running()) {
            running.model().answer(it -> Turn.text("Heard: ", it.lastUserText()));
            Path program = Files.writeString(folder.resolve("Chat.java"), program());

            Process client =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    program.toString(),
                                    running.service().uri("").toString())
                            .redirectErrorStream(true)
                            .start();
            try (var input = client.outputWriter(UTF_8)) {
                input.write("My name is \"Ana\"\nWho am I?\n");
            }
            String output = new String(client.getInputStream().readAllBytes(), UTF_8);

            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).endsWith("\nHeard: Who am I?\n").contains("Heard: My name is ");
            assertThat(new StatelessApi(running).asked("Who am I?"))
                    .endsWith(
                            "user: My name is \"Ana\"",
                            "assistant: Heard: My name is \"Ana\"",
                            "user: Who am I?");
        }
    }

    private static String program() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("```java\n") + "```java\n".length();
        return page.substring(begin, page.indexOf("```\n", begin));
    }
}
