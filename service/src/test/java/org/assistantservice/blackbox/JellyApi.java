package org.assistantservice.blackbox;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a REST client of JellyChat does.
final class JellyApi {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ChatApi http;
    private final ServiceProcess service;

    JellyApi(ServiceProcess service) {
        this.http = new ChatApi(service);
        this.service = service;
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path));
        return http.send(headers.length > 0 ? request.headers(headers) : request);
    }

    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return http.post(path, body, headers);
    }

    /// Asks as one user, and returns what was answered.
    String ask(String token, String message) throws IOException, InterruptedException {
        String body =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("user_token", token)
                                .put("message", message)
                                .put("application", "wiki"));
        return ChatApi.json(post("/user_message", body)).required("response").stringValue();
    }

    JsonNode history(String token) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(JSON.createObjectNode().put("user_token", token));
        return ChatApi.json(post("/history", body));
    }

    /// The rows of a user's history as `type: content`.
    List<String> rows(String token) throws IOException, InterruptedException {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : history(token)) {
            rows.add(
                    row.required("message_type").stringValue()
                            + ": "
                            + row.required("content").stringValue());
        }
        return rows;
    }
}
