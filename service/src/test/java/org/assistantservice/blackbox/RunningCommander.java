package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedModelServer;
import org.awaitility.Awaitility;

/// A service for tests of the commander protocol with a scripted model and a web server of its own.
record RunningCommander(
        ScriptedModelServer model, FileHost host, ServiceProcess service, CommanderApi api)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Not yet started.
    static RunningCommander prepare(Path folder) throws IOException {
        ScriptedModelServer model = ScriptedModelServer.start();
        FileHost host = FileHost.start();
        ServiceProcess service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456")
                        .with("FETCH_ALLOWED", host.authority())
                        .with("QUOTES", host.url("/price/"));
        CommanderPack.drop(service);
        return new RunningCommander(model, host, service, new CommanderApi(service));
    }

    /// An address of a file that can be had.
    String file() {
        return host.url("/a.csv");
    }

    /// The model's requests whose prompt contains `tag`.
    List<RecordedRequest> requests(String tag) {
        return model.requests().stream().filter(it -> it.lastUserText().contains(tag)).toList();
    }

    void awaitRequest(String tag) {
        Awaitility.await().atMost(PATIENCE).until(() -> !requests(tag).isEmpty());
    }

    void awaitRuns(String thread, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.http().stored("/threads/" + thread + "/runs").size() >= count);
    }

    /// The files that the service keeps.
    List<Path> files() throws IOException {
        Path root = service.dataDir().resolve("files");
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
        host.close();
        model.close();
    }
}
