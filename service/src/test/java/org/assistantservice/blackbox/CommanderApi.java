package org.assistantservice.blackbox;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client of the commander protocol does, over real HTTP.
record CommanderApi(ServiceProcess service, ChatApi http) {
    private static final JsonMapper JSON = JsonMapper.shared();

    CommanderApi(ServiceProcess service) {
        this(service, new ChatApi(service));
    }

    HttpResponse<String> create(String user, String... urls)
            throws IOException, InterruptedException {
        return create(user, "Energy", "You count turbines.", List.of(urls));
    }

    HttpResponse<String> create(String user, String name, String instructions, List<String> urls)
            throws IOException, InterruptedException {
        return http.post(
                "/api/create",
                JSON.writeValueAsString(
                        Map.of(
                                "userName",
                                user,
                                "name",
                                name,
                                "instructions",
                                instructions,
                                "fileURLs",
                                urls)));
    }

    HttpResponse<String> process(String user, String prompt)
            throws IOException, InterruptedException {
        return http.post(
                "/api/process",
                JSON.writeValueAsString(Map.of("userName", user, "prompt", prompt)));
    }

    HttpResponse<String> status(String user) throws IOException, InterruptedException {
        return http.get("/api/status/" + encoded(user));
    }

    HttpResponse<String> delete(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path)).DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request);
    }

    HttpResponse<String> deleteUser(String user) throws IOException, InterruptedException {
        return delete("/api/delete/" + encoded(user));
    }

    HttpResponse<String> options(String path, String... headers)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(service.uri(path))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .headers(headers));
    }

    /// The value of the first row with this key.
    static String value(HttpResponse<String> status, String key) {
        for (JsonNode row : ChatApi.json(status)) {
            if (row.path("key").asString("").equals(key)) {
                return row.path("value").asString("");
            }
        }
        throw new AssertionError("No row " + key + " in " + status.body());
    }

    static String encoded(String user) {
        return URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
