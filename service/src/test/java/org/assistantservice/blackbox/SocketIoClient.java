package org.assistantservice.blackbox;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The real socket.io-client in a process of its own: `scripts/conformance/socketio`, installed
/// from its lock file where it is missing. Needs Node.js 20 or later with npm; where they are not
/// installed, tests with it are skipped and say so.
final class SocketIoClient {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long INSTALL_MINUTES = 10;
    private static final long RUN_SECONDS = 90;

    private final String url;
    private final ArrayNode emits = JSON.createArrayNode();
    private String options = "{}";

    /// @param namespace e.g. `/other`, or empty for the one there is
    SocketIoClient(ServiceProcess service, String namespace) {
        url = service.uri(namespace).toString();
    }

    /// What a client heard, or noted about itself.
    record Heard(String event, String arguments) {
        @Override
        public String toString() {
            return event + arguments;
        }
    }

    /// The folder of the client's packages.
    static Path folder() {
        Path inProject = Path.of("scripts", "conformance", "socketio");
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.exists(up.resolve(inProject))) {
                return up.resolve(inProject);
            }
        }
        throw new IllegalStateException("There is no %s above this folder".formatted(inProject));
    }

    /// Makes sure that the packages are there, in the versions of the lock file.
    static void install() throws IOException, InterruptedException {
        assumeThat(isOnPath("node") && isOnPath("npm"))
                .as("Node.js and npm are installed; without them this test is skipped")
                .isTrue();
        Path lock = folder().resolve("package-lock.json");
        Path installed = folder().resolve("node_modules/.package-lock.json");
        boolean isCurrent =
                Files.exists(installed)
                        && Files.getLastModifiedTime(installed)
                                        .compareTo(Files.getLastModifiedTime(lock))
                                >= 0;
        if (!isCurrent) {
            run(
                    folder(),
                    Map.of(),
                    TimeUnit.MINUTES.toSeconds(INSTALL_MINUTES),
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Runs a script with the packages at hand, and returns what it printed.
    static String node(List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        return run(folder(), environment, RUN_SECONDS, command);
    }

    SocketIoClient options(String json) {
        options = json;
        return this;
    }

    /// Emits an event once connected.
    SocketIoClient emit(String... arguments) {
        ArrayNode event = emits.addArray();
        List.of(arguments).forEach(event::add);
        return this;
    }

    /// Runs the client until it has heard `count` such events, and returns all that it heard.
    List<Heard> until(String event, int count) throws IOException, InterruptedException {
        String output =
                node(
                        List.of(
                                "client.mjs",
                                url,
                                options,
                                JSON.writeValueAsString(emits),
                                event,
                                Integer.toString(count)),
                        Map.of());
        List<Heard> heard = new ArrayList<>();
        for (String line : output.lines().toList()) {
            JsonNode said = JSON.readTree(line);
            heard.add(
                    new Heard(
                            said.required("event").stringValue(),
                            JSON.writeValueAsString(said.required("args"))));
        }
        return heard;
    }

    private static String run(
            Path folder, Map<String, String> environment, long seconds, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".out");
        Path errors = Files.createTempFile("node", ".err");
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            Process process =
                    builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
            boolean isOver = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!isOver || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "%s failed:%n%s%n%s"
                                .formatted(
                                        command,
                                        Files.readString(output),
                                        Files.readString(errors)));
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException(
                    "%s needs Node.js 20 or later, with npm, on the PATH"
                            .formatted(command.getFirst()),
                    e);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
