package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The data directory's disk is full for a while. Needs the right to mount a small file system;
/// without it there is nothing to test on.
class StoreFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_TURNS = 200;

    @TempDir Path folder;
    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()),
                "This user cannot mount a file system");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void aFullDiskRefusesNewTurnsAndIsForgottenOnceThereIsRoom() throws Exception {
        try (var running =
                RunningService.in(
                        Files.createDirectories(folder.resolve("service")),
                        "DATA_DIR",
                        disk.toString())) {
            running.model()
                    .answer(request -> Turn.text("Heard " + request.lastUserText().length()));
            List<String> acknowledged = new ArrayList<>();
            acknowledged.add(thread(running.api().chat("new", "before")));
            fill();

            HttpResponse<String> refused = talkUntilRefused(running, acknowledged);

            assertThat(refused.statusCode()).isIn(500, 502, 503);
            assertThat(refused.body()).contains("correlation_id").doesNotContain("SQL", "disk");
            assertThat(running.api().get("/health").statusCode()).isEqualTo(200);
            assertStored(running, acknowledged);

            Files.delete(disk.resolve("ballast"));
            acknowledged.add(thread(talkUntilAccepted(running)));
            assertThat(running.api().get("/health/readiness").statusCode()).isEqualTo(200);
            assertStored(running, acknowledged);
            running.service().kill();
            running.service().start();
            assertStored(running, acknowledged);
        }
    }

    private void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
            for (int i = 0; i < 24 * 256; i++) {
                ballast.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static HttpResponse<String> talkUntilRefused(
            RunningService running, List<String> acknowledged) throws Exception {
        for (int i = 0; i < MOST_TURNS; i++) {
            HttpResponse<String> answer = running.api().chat("new", "x".repeat(100_000));
            if (answer.statusCode() != 200) {
                return answer;
            }
            acknowledged.add(thread(answer));
        }
        throw new AssertionError("The disk is full, yet every turn was accepted");
    }

    private static HttpResponse<String> talkUntilAccepted(RunningService running) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> answer;
        do {
            answer = running.api().chat("new", "after");
            TimeUnit.MILLISECONDS.sleep(100);
        } while (answer.statusCode() != 200 && System.nanoTime() < deadline);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /// Each answered turn has its question and its answer.
    private static void assertStored(RunningService running, List<String> threads)
            throws Exception {
        for (String thread : threads) {
            assertThat(running.api().stored("/threads/" + thread + "/messages"))
                    .extracting(message -> message.get("role").asString())
                    .containsExactly("user", "assistant");
        }
    }

    private static String thread(HttpResponse<String> answer) {
        JsonNode body = ChatApi.json(answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return body.get("thread_id").asString();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
