package org.assistantservice.samples.analyst;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.assistantservice.actions.ActionException;
import tools.jackson.databind.json.JsonMapper;

/// Posts `{"to","content"}` to an address that answers 202 when it takes the e-mail on.
final class WebhookMailer implements Mailer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ACCEPTED = 202;

    private final URI uri;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    WebhookMailer(URI uri) {
        this.uri = uri;
    }

    @Override
    public void send(Email email) throws InterruptedException {
        String body =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("to", email.to())
                                .put("content", email.content()));
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .header("X-Correlation-ID", email.correlationId())
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            // The time limit ends with the answer's head, and nothing more of it is waited for.
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream _ = answer.body()) {
                if (answer.statusCode() != ACCEPTED) {
                    throw new ActionException(
                            "the e-mail was not taken on: status " + answer.statusCode());
                }
            }
        } catch (IOException e) {
            throw new ActionException(
                    "the e-mail service did not answer; whether the e-mail was sent is not known",
                    e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
