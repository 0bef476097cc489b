package org.assistantservice.blackbox;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client of the native protocol does, over real HTTP.
final class ChatApi {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServiceProcess service;

    ChatApi(ServiceProcess service) {
        this.service = service;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(service.uri(path)));
    }

    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.uri(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    /// A thread of the default assistant.
    String newThread() throws IOException, InterruptedException {
        return json(get("/start")).get("thread_id").asString();
    }

    /// Posts a message and waits for the whole answer.
    HttpResponse<String> chat(String thread, String message, String... headers)
            throws IOException, InterruptedException {
        return post("/chat", message(thread, message), headers);
    }

    /// Posts a message and opens its stream.
    SseClient stream(String thread, String message) throws IOException {
        return stream(thread, message, Map.of());
    }

    SseClient stream(String thread, String message, Map<String, String> headers)
            throws IOException {
        return SseClient.post(service.uri("/chat"), message(thread, message), headers);
    }

    /// Everything that is stored below a list route of the Assistants API, oldest first.
    JsonNode stored(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/v1" + path + "?limit=100&order=asc");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + answer.body());
        }
        return json(answer).get("data");
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    static String message(String thread, String text) {
        return JSON.writeValueAsString(Map.of("thread_id", thread, "message", text));
    }
}
