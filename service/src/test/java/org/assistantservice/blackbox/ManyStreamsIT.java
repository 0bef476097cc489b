package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many streams at once. Whether all are complete is asserted; how long they took is printed, since
/// machines differ.
class ManyStreamsIT {
    private static final int IDLE = 1_000;
    private static final int CHATS = 50;
    private static final String WORDS = "one two three four five six seven eight nine ten ";

    @TempDir Path folder;

    @Test
    void aThousandSilentStreamsStayOpenAndAllGetTheirAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (var running = RunningService.in(folder, "SSE_MAX_CONNECTIONS_PER_CLIENT", "2000")) {
            answer(running, Turn.text("a").pauseUntil(answer).then("b"));
            warmUp(running);
            long before = memory(running);
            List<SseClient> streams = new ArrayList<>();
            for (int i = 0; i < IDLE; i++) {
                SseClient stream = running.api().stream("new", "silent " + i);
                stream.readUntil(frame -> frame.event().equals("thread.message.delta"));
                streams.add(stream);
            }
            long open = memory(running);

            answer.countDown();

            for (SseClient stream : streams) {
                assertThat(SseClient.text(stream.readAll())).isEqualTo("ab");
                assertThat(SseClient.names(stream.frames())).endsWith("metadata");
                stream.close();
            }
            System.out.printf(
                    "%d open streams: %d kB before, %d kB with all open, %.1f kB each%n",
                    IDLE, before, open, (open - before) / (double) IDLE);
        }
    }

    @Test
    void fiftyChatsAtOnceOnOneProcessorAreAllAnswered() throws Exception {
        String[] words = WORDS.repeat(20).split("(?<= )");
        try (var running =
                RunningService.in(
                        folder,
                        "SSE_MAX_CONNECTIONS_PER_CLIENT",
                        "100",
                        "JAVA_TOOL_OPTIONS",
                        "-XX:ActiveProcessorCount=1")) {
            answer(running, Turn.text(words).pace(Duration.ofMillis(20)));
            warmUp(running);
            List<Long> firstTokens = new ArrayList<>();
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Long>> chats = new ArrayList<>();
                for (int i = 0; i < CHATS; i++) {
                    int number = i;
                    chats.add(clients.submit(() -> chat(running, number)));
                }
                for (Future<Long> chat : chats) {
                    firstTokens.add(chat.get());
                }
            }

            long[] sorted = firstTokens.stream().mapToLong(it -> it).sorted().toArray();
            System.out.printf(
                    "%d chats at once on one processor: first token after %d ms (median), %d ms"
                            + " (last)%n",
                    CHATS, sorted[CHATS / 2], Arrays.stream(sorted).max().orElseThrow());
        }
    }

    private static void answer(RunningService running, Turn turn) {
        running.model()
                .answer(request ->
                        request.lastUserText().startsWith("warm") ? Turn.text("w") : turn);
    }

    /// A process is judged as it works, not as it starts.
    private static void warmUp(RunningService running) throws Exception {
        for (int i = 0; i < 300; i++) {
            running.api().chat("new", "warm " + i);
        }
    }

    /// Reads one whole answer; returns after how many milliseconds its first piece came.
    private static long chat(RunningService running, int number) throws Exception {
        long begun = System.nanoTime();
        try (SseClient stream = running.api().stream("new", "chat " + number)) {
            stream.readUntil(frame -> frame.event().equals("thread.message.delta"));
            long first = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            assertThat(SseClient.text(stream.readAll())).isEqualTo(WORDS.repeat(20));
            return first;
        }
    }

    /// Proportional set size of the service, in kB.
    private static long memory(RunningService running) throws Exception {
        Path rollup = Path.of("/proc", Long.toString(running.service().pid()), "smaps_rollup");
        return Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow();
    }
}
