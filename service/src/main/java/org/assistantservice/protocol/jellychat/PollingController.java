package org.assistantservice.protocol.jellychat;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assistantservice.protocol.jellychat.engineio.EngineError;
import org.assistantservice.protocol.jellychat.engineio.EngineException;
import org.assistantservice.protocol.jellychat.engineio.EngineLimits;
import org.assistantservice.protocol.jellychat.engineio.EnginePacket;
import org.assistantservice.protocol.jellychat.engineio.EnginePayload;
import org.assistantservice.protocol.jellychat.engineio.EngineSession;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Goodbye;
import org.assistantservice.protocol.jellychat.engineio.EngineSessions;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientConnection;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;
import org.assistantservice.server.ProblemException;
import org.assistantservice.server.RequestBody;

/// Long-polling: a client asks for packets with GET, and sends some with POST.
@Hidden
@Controller(JellyPaths.SOCKET)
@OfProtocol("jellychat")
final class PollingController {
    private static final String TEXT = "text/plain; charset=UTF-8";

    private final JellyClients clients;
    private final EngineSessions sessions;
    private final RequestBody bodies;

    PollingController(JellyClients clients, EngineSessions sessions, RequestBody bodies) {
        this.clients = clients;
        this.sessions = sessions;
        this.bodies = bodies;
    }

    /// Waits for packets; without a session, opens one.
    @Get(produces = MediaType.ALL, headRoute = false)
    CompletionStage<HttpResponse<?>> receive(HttpRequest<?> request) {
        Optional<EngineSession> session =
                request.getParameters().contains(TransportFilter.SESSION)
                        ? session(request)
                        : Optional.of(opened(request));
        return session.map(it -> poll(request, it))
                .orElseGet(() ->
                        CompletableFuture.completedFuture(
                                TransportFilter.refusal(EngineError.SESSION_UNKNOWN)));
    }

    private EngineSession opened(HttpRequest<?> request) {
        return clients.open(request, null)
                .orElseThrow(() ->
                        new Problem(
                                        HttpStatus.TOO_MANY_REQUESTS,
                                        "too_many_connections",
                                        "Too many connections")
                                .retryAfter(java.time.Duration.ofSeconds(5))
                                .toException());
    }

    private static CompletionStage<HttpResponse<?>> poll(
            HttpRequest<?> request, EngineSession session) {
        CompletableFuture<String> asked = session.poll();
        if (asked.isDone()) {
            return asked.handle(PollingController::answer);
        }
        ClientConnection.Watch watch =
                ClientConnection.onClose(request, () -> session.abandon(asked));
        return asked.handle((payload, thrown) -> {
            watch.close();
            return answer(payload, thrown);
        });
    }

    private static HttpResponse<?> answer(
            @org.jspecify.annotations.Nullable String payload,
            @org.jspecify.annotations.Nullable Throwable thrown) {
        return switch (thrown) {
            case null -> text(payload == null ? "" : payload);
            case EngineException e -> TransportFilter.refusal(e.error());
            default -> throw new CompletionException(thrown);
        };
    }

    /// Takes packets. What is too large, or no list of packets, closes the session.
    @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> send(HttpRequest<?> request) throws InterruptedException {
        Optional<EngineSession> found = session(request);
        if (found.isEmpty()) {
            return TransportFilter.refusal(EngineError.SESSION_UNKNOWN);
        }
        EngineSession session = found.get();
        List<EnginePacket> packets = List.of();
        boolean isGood = false;
        try {
            session.beginPost();
            packets = packets(request);
            isGood = true;
            return text("ok");
        } catch (EngineException e) {
            return TransportFilter.refusal(e.error());
        } finally {
            session.endPost(packets);
            if (!isGood) {
                session.drop(Goodbye.NORMAL);
            }
        }
    }

    private List<EnginePacket> packets(HttpRequest<?> request)
            throws EngineException, InterruptedException, ProblemException {
        byte[] body = bodies.read(request);
        if (body.length > EngineLimits.MAX_PAYLOAD) {
            throw Problem.tooLarge().toException();
        }
        return EnginePayload.split(new String(body, StandardCharsets.UTF_8));
    }

    private Optional<EngineSession> session(HttpRequest<?> request) {
        String id = request.getParameters().get(TransportFilter.SESSION);
        return id == null ? Optional.empty() : sessions.find(Caller.principal(request), id);
    }

    private static HttpResponse<?> text(String payload) {
        return HttpResponse.ok(payload.getBytes(StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, TEXT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
