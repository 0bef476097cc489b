package org.assistantservice.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assistantservice.app.rehearsal.ScriptedEndpoint;
import org.assistantservice.app.rehearsal.SelfChat;
import org.assistantservice.store.SqliteLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the service, chats with it over every transport and ends it, while the JVM writes down
/// what was used (`-XX:AOTCacheOutput`). For the build; expects `DATA_DIR` to name a folder that is
/// thrown away.
public final class TrainingRun {
    private static final Logger LOG = LoggerFactory.getLogger("BOOTSTRAP");
    private static final int ROUNDS = 12;
    private static final int TIMEOUT_MILLIS = 30_000;

    /// Users' settings take no part.
    private static final Path NO_FILE = Path.of("no.env");

    private static final String MESSAGE = "What is the weather in Lisbon?";

    private TrainingRun() {}

    public static void main(String[] arguments) {
        int code = 1;
        try {
            run();
            code = 0;
        } catch (IOException | RuntimeException e) {
            LOG.error("The training failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // However it went: what is open would keep the process alive.
            System.exit(code);
        }
    }

    private static void run() throws IOException, InterruptedException {
        long started = System.nanoTime();
        SqliteLibrary.unpack();
        int port = freePort();
        try (var model = ScriptedEndpoint.open(TrainingRun::answer)) {
            String[] options = {"--host", "127.0.0.1", "--port", Integer.toString(port)};
            Map<String, String> overrides = Application.overrides(options, NO_FILE);
            overrides.put("OPENAI_API_KEY", "none");
            overrides.put("OPENAI_BASE_URL", model.baseUrl());
            overrides.put("SSE_MAX_CONNECTIONS_PER_CLIENT", "1000");
            Application.serve(overrides, started);
            chat(new SelfChat(port, TIMEOUT_MILLIS));
        }
    }

    private static void chat(SelfChat client) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            client.get("/start");
            client.chat("text/event-stream", MESSAGE);
            client.chat("application/json", MESSAGE);
        }
        client.chatOverWebSocket(ROUNDS, MESSAGE);
        for (String path :
                List.of("/health", "/health/readiness", "/health/liveness", "/assistants")) {
            client.get(path);
        }
    }

    /// Calls the sample's action where it is offered, then speaks.
    private static List<String> answer(String request) {
        if (request.contains("\"name\":\"get_weather\"")
                && !request.contains("\"role\":\"tool\"")) {
            return List.of(
                    chunk(
                            """
                            {"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function",\
                            "function":{"name":"get_weather","arguments":""}}]}\
                            """),
                    chunk(
                            """
                            {"tool_calls":[{"index":0,"function":{"arguments":"{\\"location\\":\\"Lisbon\\"}"}}]}\
                            """),
                    finish("tool_calls"));
        }
        return List.of(
                chunk("{\"role\":\"assistant\",\"content\":\"\"}"),
                chunk("{\"content\":\"It is sunny\"}"),
                chunk("{\"content\":\" in Lisbon.\"}"),
                finish("stop"));
    }

    private static String chunk(String delta) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}]}";
    }

    private static String finish(String reason) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                + "\"finish_reason\":\"%s\"}]}".formatted(reason);
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
