package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.assistantservice.scripts.chat.TurnEnd.Closed;
import org.assistantservice.scripts.chat.TurnEnd.Completed;
import org.assistantservice.scripts.chat.TurnEnd.Failed;
import org.assistantservice.scripts.chat.TurnEnd.Unreadable;
import tools.jackson.databind.JsonNode;

/// Request and response: the whole answer at once.
final class JsonTurns implements Turns {
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private final ServiceClient service;
    private final Duration silenceLimit;

    JsonTurns(ServiceClient service, Duration silenceLimit) {
        this.service = service;
        this.silenceLimit = silenceLimit;
    }

    @Override
    public TurnEnd ask(Question question, Consumer<TurnEvent> events) throws InterruptedException {
        try {
            Optional<HttpResponse<BodyChunks>> response =
                    service.post(question, "application/json", "", silenceLimit);
            return response.isEmpty() ? Failed.TIMED_OUT : end(response.get(), events);
        } catch (IOException e) {
            return new Closed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {}

    private TurnEnd end(HttpResponse<BodyChunks> response, Consumer<TurnEvent> events)
            throws InterruptedException {
        String body;
        try (BodyChunks chunks = response.body()) {
            body = new String(chunks.all(silenceLimit, MAX_BODY), UTF_8);
        }
        if (response.statusCode() != 200) {
            return new Failed(String.valueOf(response.statusCode()), ServiceClient.detail(body));
        }
        response.headers()
                .firstValue("X-Run-Id")
                .ifPresent(id -> events.accept(new TurnEvent.RunSeen(id)));
        JsonNode responses = Json.read(body).path("responses");
        if (!responses.isArray()) {
            return new Unreadable();
        }
        for (int i = 0; i < responses.size(); i++) {
            if (i > 0) {
                events.accept(new TurnEvent.NextMessage());
            }
            events.accept(new TurnEvent.Text(Json.text(responses.get(i))));
        }
        return new Completed(OptionalDouble.empty());
    }
}
