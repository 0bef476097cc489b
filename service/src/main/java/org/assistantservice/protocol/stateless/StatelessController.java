package org.assistantservice.protocol.stateless;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.assistantservice.run.Run;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.RequestBody;
import org.assistantservice.server.StreamSlots.Slot;
import org.slf4j.MDC;

/// POST `/openai/chat` and POST `/api/chat`: one message with its conversation, answered by a
/// stream of `data:` frames whatever the caller accepts.
@Controller
@OfProtocol("stateless")
final class StatelessController {
    private final RequestBody bodies;
    private final StatelessReader reader;
    private final StatelessTurns turns;
    private final StatelessStreams streams;

    StatelessController(
            RequestBody bodies,
            StatelessReader reader,
            StatelessTurns turns,
            StatelessStreams streams) {
        this.bodies = bodies;
        this.reader = reader;
        this.turns = turns;
        this.streams = streams;
    }

    /// The body is read as JSON whatever its content type says.
    @Post(
            uris = {"/openai/chat", "/api/chat"},
            consumes = MediaType.ALL,
            produces = MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> chat(HttpRequest<?> request) throws InterruptedException {
        StatelessMessage message = reader.read(bodies.read(request));
        Slot slot = streams.place(request);
        boolean isOpen = false;
        try {
            Run run =
                    turns.begin(message, Caller.principal(request), Caller.correlationId(request));
            MDC.put("run_id", run.id().value());
            HttpResponse<?> response = streams.open(request, message, run, slot);
            isOpen = true;
            return response;
        } finally {
            if (!isOpen) {
                slot.close();
            }
        }
    }
}
