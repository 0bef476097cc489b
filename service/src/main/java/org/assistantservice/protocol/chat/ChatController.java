package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.chat.ChatStreams.Place;
import org.assistantservice.protocol.chat.ChatTurns.Asker;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientConnection;
import org.assistantservice.server.EventStreams;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.RequestBody;
import org.assistantservice.server.StreamSlots.Slot;
import org.slf4j.MDC;

/// POST `/chat`: one message, answered as JSON or, where the caller accepts an event stream, with
/// every event of its run.
@Controller("/chat")
@OfProtocol("chat")
final class ChatController {
    private final ChatTurns turns;
    private final ChatMessageReader reader;
    private final ChatStreams streams;
    private final ChatResume resume;
    private final RunStreams runStreams;
    private final RequestBody bodies;

    ChatController(
            ChatTurns turns,
            ChatMessageReader reader,
            ChatStreams streams,
            ChatResume resume,
            RunStreams runStreams,
            RequestBody bodies) {
        this.turns = turns;
        this.reader = reader;
        this.streams = streams;
        this.resume = resume;
        this.runStreams = runStreams;
        this.bodies = bodies;
    }

    /// The body is read as JSON whatever its content type says.
    @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> chat(HttpRequest<?> request) throws InterruptedException, ExecutionException {
        byte[] body = bodies.read(request);
        ChatMessage message = reader.read(body);
        if (!wantsEvents(request)) {
            reader.check(message);
            return answer(request, message, asker(request, message, body));
        }
        Optional<Slot> slot = streams.place(request);
        return slot.isPresent() ? stream(request, message, body, slot.get()) : tooManyStreams();
    }

    private HttpResponse<?> stream(
            HttpRequest<?> request, ChatMessage message, byte[] body, Slot slot) {
        boolean isOpen = false;
        try {
            HttpResponse<?> response = stream(request, message, body, new Place(slot, true));
            isOpen = true;
            return response;
        } finally {
            if (!isOpen) {
                slot.close();
            }
        }
    }

    private HttpResponse<?> stream(
            HttpRequest<?> request, ChatMessage message, byte[] body, Place place) {
        String lastEventId = request.getHeaders().get("Last-Event-ID");
        if (lastEventId != null && !lastEventId.isEmpty()) {
            turns.refuseWhileDraining();
            return resume.resume(request, message, lastEventId, place);
        }
        reader.check(message);
        Run run = begin(message, asker(request, message, body));
        return streams.open(request, run, RunCursor.start(run.id()), place);
    }

    private HttpResponse<?> answer(HttpRequest<?> request, ChatMessage message, Asker asker)
            throws InterruptedException, ExecutionException {
        Run run = begin(message, asker);
        ReplyReader reply = new ReplyReader();
        Subscription subscription =
                runStreams.subscribe(asker.principal(), RunCursor.start(run.id()), reply);
        try (ClientConnection.Watch _ = ClientConnection.onClose(request, reply::leave)) {
            return JsonReplies.of(reply.outcome().get(), message.isForNewThread())
                    .toMutableResponse()
                    .header("X-Run-Id", run.id().value());
        } finally {
            subscription.close();
        }
    }

    private Run begin(ChatMessage message, Asker asker) {
        Run run = turns.begin(message, asker);
        MDC.put("thread", run.threadId().value());
        MDC.put("run_id", run.id().value());
        return run;
    }

    private HttpResponse<?> tooManyStreams() {
        return EventStreams.whole(streams.tooManyStreams())
                .status(HttpStatus.TOO_MANY_REQUESTS)
                .header("Retry-After", "5");
    }

    private static Asker asker(HttpRequest<?> request, ChatMessage message, byte[] body) {
        Principal principal = Caller.principal(request);
        return new Asker(
                principal,
                Caller.correlationId(request),
                IdempotencyKeys.of(request, message, body));
    }

    private static boolean wantsEvents(HttpRequest<?> request) {
        return request.getHeaders().getAll("Accept").stream()
                .anyMatch(it -> it.contains(MediaType.TEXT_EVENT_STREAM));
    }
}
