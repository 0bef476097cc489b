package org.assistantservice.blackbox;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/// The protocols that answer with one HTTP response, which is their only frame: its status and its
/// body.
final class EndsOfAnswers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String ANY = ".*";

    private EndsOfAnswers() {}

    /// POST `/chat` as JSON.
    record ChatJson(ServiceProcess service, Map<String, String> threads) implements EndsProtocol {
        ChatJson(ServiceProcess service) {
            this(service, new ConcurrentHashMap<>());
        }

        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException, InterruptedException {
            if (!threads.containsKey(conversation)) {
                threads.put(conversation, new ChatApi(service).newThread());
            }
            String body = ChatApi.message(threads.get(conversation), message);
            return post(service, "/chat", body, correlationId);
        }

        @Override
        public String terminal() {
            return ANY;
        }

        @Override
        public List<String> last(WayToEnd end) {
            return switch (end) {
                case COMPLETED, CLIENT_GONE -> List.of("200 .*\"Half an answer\\.\"\\]}");
                case INCOMPLETE -> List.of("200 .*\"Half \"\\]}");
                case FAILED -> failed(",\"code\":\"upstream_rejected\"");
                case UPSTREAM_LOST -> failed(",\"code\":\"upstream_unavailable\"");
                case CANCELLED, EXPIRED -> failed("");
            };
        }

        /// @param code names a fault of the model, and is told of no other
        private static List<String> failed(String code) {
            return List.of(
                    "502 \\{\"detail\":\"Failed to complete run \\(correlation_id: %s\\)\"%s}"
                            .formatted(ID, code));
        }

        @Override
        public String toString() {
            return "chat as JSON";
        }
    }

    /// The Assistants API, which reads: the run of [ChatJson], as it is told once it is over. No
    /// client of it can leave a run.
    record OpenAi(ChatJson chat) implements EndsProtocol {
        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException, InterruptedException {
            Asked asked = chat.ask(conversation, message, correlationId);
            HttpRequest.Builder read =
                    HttpRequest.newBuilder(
                            chat.service()
                                    .uri(
                                            "/v1/threads/%s/runs?limit=1"
                                                    .formatted(chat.threads().get(conversation))));
            return new Read(asked, read, correlationId);
        }

        @Override
        public String terminal() {
            return ANY;
        }

        @Override
        public List<String> last(WayToEnd end) {
            String status =
                    switch (end) {
                        case COMPLETED, CLIENT_GONE -> "completed";
                        case FAILED, UPSTREAM_LOST -> "failed";
                        case CANCELLED -> "cancelled";
                        case EXPIRED -> "expired";
                        case INCOMPLETE -> "incomplete";
                    };
            return List.of("200 .*\"status\":\"" + status + "\".*");
        }

        @Override
        public String toString() {
            return "Assistants API";
        }
    }

    /// POST `/api/process`; a conversation is a user.
    record Commander(RunningCommander running, Set<String> users) implements EndsProtocol {
        Commander(RunningCommander running) {
            this(running, ConcurrentHashMap.newKeySet());
        }

        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException, InterruptedException {
            if (users.add(conversation)) {
                HttpResponse<String> made = running.api().create(conversation, running.file());
                if (made.statusCode() != 200) {
                    throw new IllegalStateException(made.body());
                }
            }
            String body =
                    JSON.writeValueAsString(Map.of("userName", conversation, "prompt", message));
            return post(running.service(), "/api/process", body, correlationId);
        }

        @Override
        public String terminal() {
            return ANY;
        }

        @Override
        public List<String> last(WayToEnd end) {
            return switch (end) {
                case COMPLETED, CLIENT_GONE -> List.of("200 .*\"Half an answer\\.\".*");
                case INCOMPLETE -> List.of("200 .*\"Half \".*");
                case FAILED, CANCELLED, EXPIRED, UPSTREAM_LOST ->
                        List.of(
                                "502 \\{\"detail\":\"Unable to process the prompt"
                                        + " \\(correlation_id: <id>\\)\"}");
            };
        }

        @Override
        public String toString() {
            return "commander";
        }
    }

    /// POST `/user_message`.
    record JellyRest(ServiceProcess service) implements EndsProtocol {
        @Override
        public Asked ask(String conversation, String message, String correlationId) {
            String body =
                    JSON.writeValueAsString(Map.of("user_token", conversation, "message", message));
            return post(service, "/user_message", body, correlationId);
        }

        @Override
        public String terminal() {
            return ANY;
        }

        @Override
        public List<String> last(WayToEnd end) {
            return switch (end) {
                case COMPLETED, CLIENT_GONE ->
                        List.of("200 \\{\"response\":\"Half an answer\\.\"}");
                case INCOMPLETE -> List.of("200 \\{\"response\":\"Half\"}");
                case FAILED, CANCELLED, EXPIRED, UPSTREAM_LOST ->
                        List.of("200 \\{\"response\":\"Yikes! .*🐙\"}");
            };
        }

        @Override
        public String toString() {
            return "jellychat over REST";
        }
    }

    private static EndsProtocol.Asked post(
            ServiceProcess service, String path, String body, String correlationId) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.uri(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return new Posted(send(request, correlationId));
    }

    private static CompletableFuture<HttpResponse<String>> send(
            HttpRequest.Builder request, String correlationId) {
        return HTTP.sendAsync(
                request.header("X-Correlation-ID", correlationId).build(), BodyHandlers.ofString());
    }

    private record Posted(CompletableFuture<HttpResponse<String>> answer)
            implements EndsProtocol.Asked {
        @Override
        public EndsProtocol.Seen seen() {
            HttpResponse<String> response = answer.join();
            return new EndsProtocol.Seen(
                    response.headers().firstValue("X-Correlation-ID").orElse(""),
                    List.of(response.statusCode() + " " + response.body()));
        }

        @Override
        public void close() {
            answer.cancel(true);
        }
    }

    private record Read(EndsProtocol.Asked run, HttpRequest.Builder request, String correlationId)
            implements EndsProtocol.Asked {
        @Override
        public EndsProtocol.Seen seen() throws Exception {
            run.seen();
            return new Posted(send(request, correlationId)).seen();
        }

        @Override
        public void close() throws IOException {
            run.close();
        }
    }
}
