package org.assistantservice.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The packaged service in a process of its own, started from an empty folder with nothing but the
/// environment it is given. Not thread-safe.
///
/// ```java
/// try (var service = ServiceProcess.in(folder).with("OPENAI_BASE_URL", model.baseUrl()).start()) {
///     …
/// }
/// ```
final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Path folder;
    private final int port;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private List<String> arguments = List.of();
    private @Nullable Path launcher;
    private @Nullable Process process;
    private int starts;

    private ServiceProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /// Prepares a service whose working folder, data and packs are below `folder`.
    static ServiceProcess in(Path folder) throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var service = new ServiceProcess(folder, probe.getLocalPort());
            Files.createDirectories(service.assistantsDir());
            return service.with("HOST", "127.0.0.1")
                    .with("PORT", service.port)
                    .with("DATA_DIR", service.dataDir())
                    .with("ASSISTANTS_DIR", service.assistantsDir())
                    .with("REHEARSAL_LIMIT", "0s");
        }
    }

    /// Sets an environment variable.
    ServiceProcess with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    ServiceProcess without(String name) {
        environment.remove(name);
        return this;
    }

    ServiceProcess jvm(String option) {
        jvmOptions.add(option);
        return this;
    }

    /// Starts this script, as users do, in place of the packaged JAR with options for tests.
    ServiceProcess launcher(Path script) {
        launcher = script;
        return with("JAVA_HOME", System.getProperty("java.home"));
    }

    /// Sets the launch options.
    ServiceProcess arguments(String... options) {
        arguments = List.of(options);
        return this;
    }

    Path folder() {
        return folder;
    }

    /// Where the process is started, and where it looks for `.env`; made if missing.
    Path workingFolder() throws IOException {
        return Files.createDirectories(folder.resolve("elsewhere"));
    }

    Path dataDir() {
        return folder.resolve("data");
    }

    Path assistantsDir() {
        return folder.resolve("assistants");
    }

    int port() {
        return port;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// Starts the process and waits until it says it is ready.
    ServiceProcess start() throws IOException, InterruptedException {
        launch();
        long deadline = System.nanoTime() + START.toNanos();
        while (!log().contains("assistant-service ready on ")) {
            if (!started().isAlive() || System.nanoTime() > deadline) {
                started().destroyForcibly().waitFor();
                throw new IllegalStateException("The service did not start:\n" + log());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return this;
    }

    /// Starts the process and waits for its end; returns its exit code.
    int startAndWaitForExit() throws IOException, InterruptedException {
        launch();
        return waitForExit();
    }

    int waitForExit() throws InterruptedException {
        if (!started().waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            started().destroyForcibly().waitFor();
            throw new IllegalStateException("The service did not end:\n" + log());
        }
        return started().exitValue();
    }

    /// Starts the process and kills it while it is still starting.
    void startAndKillAfter(Duration time) throws IOException, InterruptedException {
        launch();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        kill();
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        started().destroyForcibly().waitFor();
    }

    /// SIGTERM, without waiting.
    void terminate() {
        started().destroy();
    }

    boolean isAlive() {
        return started().isAlive();
    }

    long pid() {
        return started().pid();
    }

    /// Asks the process for a diagnosis, and returns what it said.
    String jcmd(String command) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process jcmd =
                new ProcessBuilder(tool.toString(), Long.toString(pid()), command)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    /// What this start has printed so far, both streams.
    String log() {
        try {
            Path file = logFile();
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the process as an operator would; by force if that takes too long.
    @Override
    public void close() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process started() {
        return Objects.requireNonNull(process, "The service was not started");
    }

    private Path logFile() {
        return folder.resolve("service-" + starts + ".log");
    }

    private void launch() throws IOException {
        starts++;
        var builder = new ProcessBuilder(command());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        process =
                builder.directory(workingFolder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(logFile().toFile())
                        .start();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (launcher != null) {
            command.add(launcher.toString());
            command.addAll(arguments);
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String agent = System.getProperty("service.jvm", "");
        if (!agent.isEmpty()) {
            command.add(agent);
        }
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(System.getProperty("service.jar"));
        command.addAll(arguments);
        return command;
    }
}
