package org.assistantservice.blackbox;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.plugin.PackJars;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a client of `/openai/chat` does: it keeps the conversation and reads `data:` lines.
///
/// @param running a service that has the pack of [#drop]
record StatelessApi(RunningService running) {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SOURCE =
            """
            package demo;

            import org.assistantservice.actions.*;

            public final class ClockActions {
                @Action(name = "get_current_datetime", description = "The date and time now.",
                        effect = Effect.READ_ONLY, notice = "Looking at the clock")
                public String now() {
                    return "Current date and time: 2026-03-01 10:00:00";
                }

                @Action(name = "echo", description = "Says it again.", effect = Effect.READ_ONLY)
                public String echo(@Param("What to say") String text) {
                    return text;
                }

                @Action(name = "broken", description = "Always fails.", effect = Effect.READ_ONLY)
                public String broken() {
                    throw new ActionException("the clock has stopped");
                }
            }
            """;

    /// An assistant named `Clock`, to be named in `STATELESS_ASSISTANT_ID`.
    static void drop(ServiceProcess service) throws IOException {
        Path folder = Files.createDirectories(service.assistantsDir().resolve("clock"));
        PackJars.in(folder).source("demo.ClockActions", SOURCE).jar("clock.jar");
        Files.writeString(
                folder.resolve("assistant.json"),
                """
                {
                  "assistant_name": "Clock",
                  "initial_message": "Hello!",
                  "instructions": "You tell the time.",
                  "model": "scripted",
                  "function_names": ["get_current_datetime", "echo", "broken"]
                }
                """);
    }

    /// A service with that assistant for this protocol.
    static StatelessApi in(Path folder, String... settings)
            throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "STATELESS_ASSISTANT_ID", "Clock",
                                "SSE_MAX_CONNECTIONS_PER_CLIENT", "100"));
        all.addAll(List.of(settings));
        drop(ServiceProcess.in(folder));
        return new StatelessApi(RunningService.in(folder, all.toArray(String[]::new)));
    }

    /// A whole turn.
    Turned turn(String body) throws IOException {
        return turn("/openai/chat", body);
    }

    Turned turn(String path, String body) throws IOException {
        try (SseClient stream = open(path, body)) {
            stream.readAll();
            return new Turned(stream, parsed(stream));
        }
    }

    SseClient open(String path, String body) throws IOException {
        return SseClient.post(
                running.service().uri(path), body, Map.of("Accept", "application/json"));
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return running.api().post("/openai/chat", body);
    }

    /// A body with a context as it came back.
    static String body(String message, JsonNode context) {
        ObjectNode body = JSON.createObjectNode().put("message", message);
        body.set("context", context);
        return JSON.writeValueAsString(body);
    }

    static String body(String message) {
        return JSON.writeValueAsString(Map.of("message", message));
    }

    static List<JsonNode> parsed(SseClient stream) {
        return stream.frames().stream()
                .map(SseClient.Frame::data)
                .filter(data -> !data.equals("[DONE]"))
                .map(data -> (JsonNode) JSON.readTree(data))
                .toList();
    }

    /// Messages of the model request of this turn: `role: content`.
    List<String> asked(String userText) {
        return running.model().requests().stream()
                .filter(it -> it.lastUserText().equals(userText))
                .findFirst()
                .orElseThrow()
                .body()
                .get("messages")
                .valueStream()
                .map(it -> it.get("role").asString() + ": " + it.get("content").asString())
                .toList();
    }

    /// @param frames those with JSON, in order
    record Turned(SseClient stream, List<JsonNode> frames) {
        List<String> types() {
            return frames.stream().map(it -> it.get("type").asString()).toList();
        }

        List<JsonNode> contents(String type) {
            return frames.stream()
                    .filter(it -> it.get("type").asString().equals(type))
                    .map(it -> it.get("content"))
                    .toList();
        }

        JsonNode context() {
            return contents("updated_context").getFirst();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            contents("text").forEach(it -> text.append(it.asString()));
            return text.toString();
        }

        String correlation() {
            return "(correlation_id: " + stream.header("X-Correlation-ID").substring(0, 8) + ")";
        }
    }
}
