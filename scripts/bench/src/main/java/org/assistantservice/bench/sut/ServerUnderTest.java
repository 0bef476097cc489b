package org.assistantservice.bench.sut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running server. [#close] ends it and removes its folder.
public final class ServerUnderTest implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final int PROBE_MILLIS = 1000;

    /// Exactly so while nothing is wrong; a refused pack would be named.
    private static final String HEALTHY = "{\"status\":\"healthy\"}";

    private static final Pattern THREAD = Pattern.compile("\"thread_id\":\"([^\"]+)\"");

    private final Launch launch;
    private final Process process;
    private final ProcessTree tree;
    private final Duration ready;

    private ServerUnderTest(Launch launch, Process process, Duration ready) {
        this.launch = launch;
        this.process = process;
        this.ready = ready;
        tree = new ProcessTree(process.toHandle());
    }

    /// Starts the process and waits until it answers its readiness path.
    static ServerUnderTest start(Launch launch) throws InterruptedException {
        long begun = System.nanoTime();
        Process process = launch.exec();
        // No server outlives a benchmark that is broken off.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (!answers(launch)) {
            if (!process.isAlive() || System.nanoTime() - begun > START.toNanos()) {
                process.destroyForcibly().waitFor();
                String log = launch.log();
                launch.removeFolder();
                throw new IllegalStateException(
                        "%s did not start:\n%s".formatted(launch.name(), log));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return new ServerUnderTest(launch, process, Duration.ofNanos(System.nanoTime() - begun));
    }

    static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return launch.port();
    }

    /// From the start of the process to its first good answer, to a millisecond or two.
    public Duration ready() {
        return ready;
    }

    /// User and system time of the process tree so far, in seconds.
    public double cpuSeconds() {
        return tree.cpuSeconds();
    }

    /// Proportional set size of the process tree, in MB.
    public double pssMegabytes() {
        return tree.pssMegabytes();
    }

    /// What the process has printed.
    public String log() {
        return launch.log();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        launch.removeFolder();
    }

    /// A new thread for chats, by the service's `/start`.
    public String newThread() {
        try {
            Matcher id = THREAD.matcher(get(port(), "/start"));
            if (id.find()) {
                return id.group(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("/start names no thread");
    }

    private static boolean answers(Launch launch) {
        if (launch.readyPath().isEmpty()) {
            return isOpen(launch.port());
        }
        try {
            String answer = get(launch.port(), launch.readyPath());
            return answer.startsWith("HTTP/1.1 200") && answer.endsWith(HEALTHY);
        } catch (IOException e) {
            // Nobody listens yet, or nobody answers.
            return false;
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(address(port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            // Nobody listens yet.
            return false;
        }
    }

    /// The whole answer, status line and headers included.
    private static String get(int port, String path) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address(port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                                    .formatted(path)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static Path newFolder(String name) {
        try {
            return Files.createTempDirectory("bench-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
