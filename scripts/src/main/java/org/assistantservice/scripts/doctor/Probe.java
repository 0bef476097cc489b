package org.assistantservice.scripts.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Knocks at doors over the network, 3 s at most.
final class Probe implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();

    /// @param key sent as a bearer token; empty sends none
    /// @throws IOException if there is no answer in time
    Reply get(String url, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).GET();
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not an address: " + e.getMessage(), e);
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
        return new Reply(response.statusCode(), response.body());
    }

    /// @throws IOException if nobody listens there
    void connect(String host, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) LIMIT.toMillis());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    record Reply(int status, String body) {}
}
