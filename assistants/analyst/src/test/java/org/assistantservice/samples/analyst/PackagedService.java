package org.assistantservice.samples.analyst;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The packaged service in a process of its own, with this pack and the offline model.
record PackagedService(Process process, String uri) {
    private static final Path JAR =
            Path.of("..", "..", "service", "target", "assistant-service.jar").toAbsolutePath();

    /// @param settings names and values of environment variables, alternating
    static PackagedService start(Path folder, String... settings)
            throws IOException, InterruptedException {
        Path pack = Files.createDirectories(folder.resolve("assistants/analyst/lib"));
        copy(Path.of("lib"), pack);
        Files.copy(Path.of("analyst-actions.jar"), pack.resolveSibling("analyst-actions.jar"));
        Files.copy(Path.of("assistant.json"), pack.resolveSibling("assistant.json"));
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(java(), "-jar", JAR.toString());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(it -> !it.equals("PATH"));
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(port));
        environment.put("DATA_DIR", folder.resolve("data").toString());
        environment.put("ASSISTANTS_DIR", folder.resolve("assistants").toString());
        environment.put("REHEARSAL_LIMIT", "0s");
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        Path log = folder.resolve("log");
        Process process =
                builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        awaitReady(process, log);
        return new PackagedService(process, "http://127.0.0.1:" + port);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void awaitReady(Process process, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log).contains("assistant-service ready on ")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
