package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assistantservice.plugin.PackJars;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replaces a pack's JAR again and again while conversations call its action.
class SwapIT {
    private static final int SWAPS = 20;
    private static final int CLIENTS = 50;

    @TempDir Path folder;

    @Test
    void twentySwapsUnderFiftyConversationsFailNoRunAndLeaveNoOldLoader() throws Exception {
        try (var running = RunningService.in(folder)) {
            running.model().answer(SwapIT::conversation);
            drop(running, 0);
            awaitVersion(running, 0);
            AtomicBoolean stop = new AtomicBoolean();
            List<HttpResponse<String>> answers = new ArrayList<>();

            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<List<HttpResponse<String>>>> talking = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    talking.add(clients.submit(() -> talk(running, stop)));
                }
                for (int version = 1; version <= SWAPS; version++) {
                    drop(running, version);
                    awaitVersion(running, version);
                }
                stop.set(true);
                for (Future<List<HttpResponse<String>>> one : talking) {
                    answers.addAll(one.get());
                }
            }

            assertThat(answers).hasSizeGreaterThan(CLIENTS);
            assertThat(answers)
                    .allSatisfy(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(200);
                        assertThat(answer.body()).contains("It said: version ");
                    });
            assertThat(running.model().unscripted()).isEmpty();
            assertThat(loadersAfterCollection(running)).isLessThanOrEqualTo(2);
        }
    }

    /// The action is asked for, then its output is repeated.
    private static Turn conversation(RecordedRequest request) {
        var last = request.body().get("messages").get(request.body().get("messages").size() - 1);
        return last.get("role").asString().equals("tool")
                ? Turn.text("It said: " + last.get("content").asString())
                : Turn.of(call("call_v", "version", "{}"));
    }

    private static List<HttpResponse<String>> talk(RunningService running, AtomicBoolean stop)
            throws IOException, InterruptedException {
        List<HttpResponse<String>> answers = new ArrayList<>();
        while (!stop.get()) {
            answers.add(ask(running));
        }
        return answers;
    }

    private static HttpResponse<String> ask(RunningService running)
            throws IOException, InterruptedException {
        return running.api()
                .post(
                        "/chat",
                        """
                        {"thread_id": "new", "message": "Which?", "assistant_id": "Versions"}\
                        """);
    }

    /// Builds the version beside the pack and moves it in place, as a careful deployer does.
    private void drop(RunningService running, int version) throws IOException {
        Path pack = Files.createDirectories(running.service().assistantsDir().resolve("versions"));
        Path built = Files.createDirectories(folder.resolve("build-" + version));
        PackJars.in(built)
                .source(
                        "demo.VersionActions",
                        """
                        package demo;
                        import org.assistantservice.actions.*;
                        public final class VersionActions {
                            @Action(name = "version", description = "Says its version.",
                                    effect = Effect.READ_ONLY)
                            public String version() { return "version %d"; }
                        }
                        """
                                .formatted(version))
                .jar("versions.jar");
        Files.move(
                built.resolve("versions.jar"),
                pack.resolve("versions.jar"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(
                pack.resolve("assistant.json"),
                """
                {"assistant_name": "Versions", "initial_message": "Hi", "instructions": "x",
                 "model": "scripted", "function_names": ["version"]}
                """);
    }

    private static void awaitVersion(RunningService running, int version) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String body;
        do {
            HttpResponse<String> answer = ask(running);
            body = answer.body();
            TimeUnit.MILLISECONDS.sleep(50);
        } while (!body.contains("version " + version + "\"") && System.nanoTime() < deadline);
        assertThat(body).contains("version " + version + "\"");
    }

    /// How many loaders of packs the service holds once the collector has run; the test pack and
    /// the swapped one have one each.
    private static long loadersAfterCollection(RunningService running) throws Exception {
        long loaders = Long.MAX_VALUE;
        for (int i = 0; i < 20 && loaders > 2; i++) {
            running.service().jcmd("GC.run");
            loaders =
                    running.service()
                            .jcmd("VM.classloader_stats")
                            .lines()
                            .filter(line -> line.contains("PackClassLoader"))
                            .count();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return loaders;
    }
}
