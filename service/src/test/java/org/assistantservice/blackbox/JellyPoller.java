package org.assistantservice.blackbox;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of Socket.IO that speaks raw packets over HTTP long-polling.
final class JellyPoller {
    static final String SEPARATOR = "\u001e";
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServiceProcess service;
    private final String opening;
    private final String id;

    private JellyPoller(ServiceProcess service) throws IOException, InterruptedException {
        this.service = service;
        this.opening = get(PATH).body();
        this.id = handshake().required("sid").stringValue();
    }

    static JellyPoller open(ServiceProcess service) throws IOException, InterruptedException {
        return new JellyPoller(service);
    }

    String id() {
        return id;
    }

    /// What the first packet says.
    JsonNode handshake() {
        return JsonMapper.shared().readTree(opening.substring(1));
    }

    HttpResponse<String> send(String body) throws IOException, InterruptedException {
        return http.send(
                request(PATH + "&sid=" + id)
                        .header("Content-Type", "text/plain;charset=UTF-8")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> poll() throws IOException, InterruptedException {
        return get(PATH + "&sid=" + id);
    }

    CompletableFuture<HttpResponse<String>> pollLater() {
        return http.sendAsync(request(PATH + "&sid=" + id).build(), BodyHandlers.ofString());
    }

    /// The packets of as many polls as it takes until one begins so.
    List<String> until(String beginning) throws IOException, InterruptedException {
        List<String> packets = new ArrayList<>();
        while (packets.stream().noneMatch(it -> it.startsWith(beginning))) {
            HttpResponse<String> answer = poll();
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            packets.addAll(List.of(answer.body().split(SEPARATOR, -1)));
        }
        return packets;
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return http.send(request(target).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(service.uri(target)).timeout(Duration.ofSeconds(60));
    }
}
