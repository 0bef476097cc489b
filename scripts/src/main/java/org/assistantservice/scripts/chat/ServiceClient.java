package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/// Speaks HTTP with one service. Thread-safe.
final class ServiceClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT_LIMIT = Duration.ofSeconds(10);
    private static final Set<String> ENDED =
            Set.of("completed", "failed", "cancelled", "expired", "incomplete");

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .build();
    private final ServiceAddress address;
    private final String apiKey;

    /// @param apiKey sent as a bearer token; empty sends none
    ServiceClient(ServiceAddress address, String apiKey) {
        this.address = address;
        this.apiKey = apiKey;
    }

    ServiceAddress address() {
        return address;
    }

    /// Makes a thread.
    ///
    /// @param assistant id or name; empty means the default one
    /// @throws StartFailedException if there is no thread after this, with the status or the reason
    Started start(String assistant) throws StartFailedException, InterruptedException {
        String query =
                assistant.isEmpty() ? "" : "?assistant_id=" + URLEncoder.encode(assistant, UTF_8);
        HttpRequest request = request(address.http("/start" + query)).GET().build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
            JsonNode body = Json.read(response.body());
            String threadId = Json.text(body.path("thread_id"));
            if (response.statusCode() != 200 || threadId.isEmpty()) {
                throw new StartFailedException(
                        (response.statusCode() + " " + detail(response.body())).strip());
            }
            return new Started(
                    threadId,
                    Json.text(body.path("initial_message")),
                    Json.text(body.path("correlation_id")));
        } catch (IOException e) {
            throw new StartFailedException(reason(e));
        }
    }

    /// Asks the service to stop the run, or the one under way on the thread if `runId` is empty.
    ///
    /// @return whether there was a run to stop
    boolean cancel(String threadId, String runId) throws IOException, InterruptedException {
        String id = runId.isEmpty() ? runUnderWay(threadId) : runId;
        if (id.isEmpty()) {
            return false;
        }
        HttpRequest request =
                request(address.http("/runs/" + id + "/cancel"))
                        .POST(BodyPublishers.noBody())
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() < 300;
    }

    /// Posts a question. The future of a request that is given up is cancelled, and so is the
    /// request.
    ///
    /// @param cursor of the last frame that was seen, to resume behind it; empty posts anew
    Optional<HttpResponse<BodyChunks>> post(
            Turns.Question question, String accept, String cursor, Duration limit)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.http("/chat"))
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofString(Json.body(question), UTF_8));
        authorize(request);
        if (!cursor.isEmpty()) {
            request.header("Last-Event-ID", cursor);
        }
        CompletableFuture<HttpResponse<BodyChunks>> response =
                http.sendAsync(request.build(), BodyChunks.handler());
        try {
            return Optional.of(response.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        }
    }

    WebSocket connect(WebSocket.Listener listener) throws IOException, InterruptedException {
        WebSocket.Builder socket = http.newWebSocketBuilder().connectTimeout(CONNECT_LIMIT);
        if (!apiKey.isEmpty()) {
            socket.header("Authorization", "Bearer " + apiKey);
        }
        try {
            return socket.buildAsync(address.webSocket("/ws/chat"), listener).get();
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        }
    }

    /// The `detail` of an error body, or the text of an `error` frame; empty if it has neither.
    static String detail(String body) {
        String json = body.strip();
        int data = json.indexOf("data:");
        if (!json.startsWith("{") && data >= 0) {
            json = json.substring(data + "data:".length()).lines().findFirst().orElse("");
        }
        JsonNode error = Json.read(json);
        String detail = Json.text(error.path("detail"));
        return detail.isEmpty() ? Json.text(error.path("error")) : detail;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private String runUnderWay(String threadId) throws IOException, InterruptedException {
        HttpRequest request =
                request(address.http("/v1/threads/" + threadId + "/runs?limit=1&order=desc"))
                        .GET()
                        .build();
        JsonNode run =
                Json.read(http.send(request, BodyHandlers.ofString(UTF_8)).body())
                        .path("data")
                        .path(0);
        return ENDED.contains(Json.text(run.path("status"))) ? "" : Json.text(run.path("id"));
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(SHORT_LIMIT);
        authorize(request);
        return request;
    }

    private void authorize(HttpRequest.Builder request) {
        if (!apiKey.isEmpty()) {
            request.header("Authorization", "Bearer " + apiKey);
        }
    }

    private static String reason(Throwable problem) {
        if (problem instanceof ConnectException) {
            return "Connection refused";
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }

    record Started(String threadId, String initialMessage, String correlationId) {}

    static final class StartFailedException extends Exception {
        private static final long serialVersionUID = 1;

        StartFailedException(String reason) {
            super(reason);
        }
    }
}
