package org.assistantservice.bench.sut;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts the servers under test, each for the model on `modelPort`.
///
/// @param build of the service
public record Servers(Cores cores, Build build, int modelPort) {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String MANY = "20000";

    /// Limits that are above their defaults, because all load comes from one address and one
    /// caller. The README lists them.
    private static final Map<String, String> RAISED =
            Map.of(
                    "SSE_MAX_CONNECTIONS_PER_CLIENT", MANY,
                    "ASSISTANT_SERVICE_SOCKETS_MAX_SOCKETS_PER_CLIENT", MANY,
                    "ASSISTANT_SERVICE_SOCKETS_MESSAGES_PER_SECOND", MANY,
                    "ASSISTANT_SERVICE_SERVER_MAX_STREAMS", MANY,
                    "ASSISTANT_SERVICE_RUN_MAX_ACTIVE", MANY,
                    "ASSISTANT_SERVICE_RUN_MAX_ACTIVE_PER_PRINCIPAL", MANY,
                    "ASSISTANT_SERVICE_RUN_MAX_READERS_PER_RUN", MANY,
                    "ASSISTANT_SERVICE_MODEL_RESILIENCE_MAX_CONCURRENT_CALLS", MANY);

    /// The same with another build of the service.
    public Servers with(Build other) {
        return new Servers(cores, other, modelPort);
    }

    public static boolean hasNginx() {
        return Files.isExecutable(NGINX);
    }

    /// The service with an empty store and the bench's pack.
    ///
    /// @param onCores where it may run, e.g. `0,1`
    public ServerUnderTest service(String onCores) throws InterruptedException {
        Path folder = newFolder();
        BenchPack.drop(assistants(folder));
        return service(folder, onCores);
    }

    /// A folder for a service with packs of its own.
    public static Path newFolder() {
        return ServerUnderTest.newFolder("service");
    }

    /// Where the packs of a prepared folder go.
    public static Path assistants(Path folder) {
        return folder.resolve("assistants");
    }

    /// The service on a prepared folder.
    ///
    /// @param onCores where it may run, e.g. `0,1`
    public ServerUnderTest service(Path folder, String onCores) throws InterruptedException {
        int port = ServerUnderTest.freePort();
        Map<String, String> environment = new LinkedHashMap<>(RAISED);
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(port));
        environment.put("ASSISTANTS_DIR", assistants(folder).toString());
        environment.put("DATA_DIR", folder.resolve("data").toString());
        environment.put("OPENAI_BASE_URL", "http://127.0.0.1:" + modelPort + "/v1");
        environment.put("OPENAI_API_KEY", "bench");
        environment.put("LOGGING_LEVEL", "WARNING");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS", build.jvm());
        return ServerUnderTest.start(
                new Launch(
                        "the service",
                        cores.on(onCores, List.of(build.launcher().toAbsolutePath().toString())),
                        environment,
                        folder,
                        port,
                        "/health"));
    }

    /// The raw Netty floor.
    public ServerUnderTest floor(String onCores) throws InterruptedException {
        int port = ServerUnderTest.freePort();
        List<String> command =
                List.of(
                        java(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        ownClassPath(),
                        "org.assistantservice.bench.floor.Floor",
                        Integer.toString(port),
                        Integer.toString(modelPort));
        return ServerUnderTest.start(
                new Launch(
                        "the Netty floor",
                        cores.on(onCores, command),
                        Map.of(),
                        ServerUnderTest.newFolder("netty"),
                        port,
                        ""));
    }

    /// nginx as a plain proxy of the model.
    public ServerUnderTest nginx(String onCores) throws InterruptedException {
        int port = ServerUnderTest.freePort();
        Path folder = ServerUnderTest.newFolder("nginx");
        Path config = folder.resolve("nginx.conf");
        try {
            Files.writeString(config, NginxConfig.of(folder, port, modelPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command =
                List.of(
                        NGINX.toString(),
                        "-e",
                        "stderr",
                        "-p",
                        folder + "/",
                        "-c",
                        config.toString());
        return ServerUnderTest.start(
                new Launch("nginx", cores.on(onCores, command), Map.of(), folder, port, ""));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// The server is started in another folder.
    private static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(it -> Path.of(it).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
