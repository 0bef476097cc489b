package org.assistantservice.samples.brainstorm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The walk-through of `docs/brainstorm.md`: its client, as a reader would run it, on the packaged
/// service with this pack and the offline model.
class BrainstormIT {
    private static final Path PAGE = Path.of("..", "..", "docs", "brainstorm.md");
    private static final Path SERVICE = Path.of("..", "..", "service", "target").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir static Path folder;
    private static Process service;
    private static int port;

    @BeforeAll
    static void startService() throws Exception {
        Path pack = Files.createDirectories(folder.resolve("assistants/brainstorm"));
        for (String file : List.of("brainstorm-actions.jar", "assistant.json")) {
            Files.copy(Path.of(file), pack.resolve(file));
        }
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                        JAVA, "-jar", SERVICE.resolve("assistant-service.jar").toString());
        builder.environment().keySet().removeIf(it -> it.startsWith("OPENAI_"));
        builder.environment()
                .putAll(
                        Map.of(
                                "HOST", "127.0.0.1",
                                "PORT", Integer.toString(port),
                                "DATA_DIR", folder.resolve("data").toString(),
                                "ASSISTANTS_DIR", folder.resolve("assistants").toString(),
                                "REHEARSAL_LIMIT", "0s"));
        service =
                builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log()).contains("assistant-service ready on ")) {
            assertThat(service.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(log()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @AfterAll
    static void stopService() throws Exception {
        service.destroy();
        service.waitFor();
    }

    @Test
    void case23_theClientOfThePageShowsWhatThePageSays() throws Exception {
        List<String> expected =
                new ArrayList<>(block("made up:\n\n```\n", "```\n").lines().toList());
        List<String> said = List.of("give me an idea", "Save the idea \"Call the cat Whiskers\"");

        List<String> answered = client(String.join("\n", said));

        assertThat(expected.removeAll(said)).isTrue();
        assertThat(answered).isEqualTo(expected).hasSize(4);
        assertThat(Files.readString(log()))
                .contains("[INFO] No OPENAI_API_KEY provided. Running in mock mode.");
    }

    @Test
    void case23_aGreetingSavesNoIdea() throws Exception {
        assertThat(client("hello")).isNotEmpty().noneMatch(it -> it.contains("💡"));
    }

    private static List<String> client(String input) throws IOException, InterruptedException {
        Path source = folder.resolve("Brainstorm.java");
        Files.writeString(source, block("```java\n", "```\n"));
        Path output = folder.resolve("output");
        Process client =
                new ProcessBuilder(
                                JAVA,
                                "-Dstdout.encoding=UTF-8",
                                "-cp",
                                SERVICE.resolve("lib").resolve("*").toString(),
                                source.toString(),
                                "ws://127.0.0.1:%d/chat".formatted(port))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try (var lines = client.getOutputStream()) {
            lines.write((input + "\n").getBytes(UTF_8));
        }
        boolean isOver = client.waitFor(60, TimeUnit.SECONDS);
        client.destroyForcibly();
        String shown = Files.readString(output);
        assertThat(isOver && client.exitValue() == 0).as(shown).isTrue();
        return shown.lines().toList();
    }

    private static String block(String begin, String end) throws IOException {
        Matcher block =
                Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        assertThat(block.find()).as(begin).isTrue();
        return block.group(1);
    }

    private static Path log() {
        return folder.resolve("log");
    }
}
