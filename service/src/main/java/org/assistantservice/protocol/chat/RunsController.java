package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import org.assistantservice.identity.RunId;
import org.assistantservice.protocol.chat.ChatStreams.Place;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.Runs;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;
import org.assistantservice.server.StreamSlots.Slot;
import org.assistantservice.wire.WireJson;
import org.jspecify.annotations.Nullable;

/// `/runs/{id}`: a run as it is, its events from any place on, and its cancellation.
@Controller("/runs/{id}")
@OfProtocol("chat")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class RunsController {
    private final RunReads reads;
    private final Runs runs;
    private final ChatStreams streams;

    RunsController(RunReads reads, Runs runs, ChatStreams streams) {
        this.reads = reads;
        this.runs = runs;
        this.streams = streams;
    }

    @Get(produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> run(HttpRequest<?> request, @PathVariable String id) {
        return json(find(request, id));
    }

    /// Asks for the run's end; the answer is the run as it is then.
    @Post(uri = "/cancel", consumes = MediaType.ALL, produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> cancel(HttpRequest<?> request, @PathVariable String id) {
        RunId runId = RunId.parse(id).orElseThrow(() -> notFound(id));
        return json(runs.cancel(Caller.principal(request), runId));
    }

    /// The run's events as a stream, after the place that `after` or `Last-Event-ID` names, else
    /// all. A run that is over is replayed; then the stream ends.
    @Get(uri = "/events", produces = MediaType.TEXT_EVENT_STREAM, headRoute = false)
    HttpResponse<?> events(HttpRequest<?> request, @PathVariable String id) {
        Run run = find(request, id);
        RunCursor after = after(request, run.id());
        Slot slot = streams.place(request).orElseThrow(RunsController::tooManyStreams);
        boolean isOpen = false;
        try {
            HttpResponse<?> response = streams.open(request, run, after, new Place(slot, false));
            isOpen = true;
            return response;
        } finally {
            if (!isOpen) {
                slot.close();
            }
        }
    }

    private Run find(HttpRequest<?> request, String id) {
        return RunId.parse(id)
                .flatMap(it -> reads.run(Caller.principal(request), it))
                .orElseThrow(() -> notFound(id));
    }

    private static RunCursor after(HttpRequest<?> request, RunId run) {
        String parameter = request.getParameters().get("after");
        String header = request.getHeaders().get("Last-Event-ID");
        if (parameter != null && header != null && !parameter.equals(header)) {
            throw invalidCursor();
        }
        String given = parameter == null ? header : parameter;
        return given == null ? RunCursor.start(run) : cursor(given, run);
    }

    private static RunCursor cursor(String text, @Nullable RunId run) {
        return RunCursor.parse(text)
                .filter(it -> it.runId().equals(run))
                .orElseThrow(RunsController::invalidCursor);
    }

    private static RunException notFound(String id) {
        return new RunException(RunErrorCode.RUN_NOT_FOUND, "No run " + id);
    }

    private static RunException invalidCursor() {
        return new RunException(
                RunErrorCode.INVALID_CURSOR,
                "The cursor must be the id of an event of this run, in 'after' or Last-Event-ID");
    }

    private static RuntimeException tooManyStreams() {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, "too_many_streams", "Too many streams")
                .retryAfter(java.time.Duration.ofSeconds(5))
                .toException();
    }

    private static HttpResponse<byte[]> json(Run run) {
        return HttpResponse.ok(WireJson.run(run).getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
