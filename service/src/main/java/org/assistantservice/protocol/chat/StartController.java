package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadStore;
import tools.jackson.databind.json.JsonMapper;

/// The greeting of the house, and of an assistant: a new thread.
@Controller("/")
@OfProtocol("chat")
final class StartController {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ChatTurns turns;
    private final ThreadStore threads;
    private final Clock clock;

    StartController(ChatTurns turns, ThreadStore threads, Clock clock) {
        this.turns = turns;
        this.threads = threads;
        this.clock = clock;
    }

    @Get(produces = MediaType.ALL)
    HttpResponse<?> root() {
        return JsonReplies.json(
                JSON.createObjectNode().put("message", "Assistant Engine is running"));
    }

    /// Makes a thread for the assistant named by the parameter `assistant_id`, else for the
    /// standard one. Its greeting goes to the client only.
    @Get(uri = "start", produces = MediaType.ALL, headRoute = false)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> start(HttpRequest<?> request) {
        turns.refuseWhileDraining();
        Assistant assistant = turns.assistant(request.getParameters().get("assistant_id"));
        ChatThread thread =
                new ChatThread(
                        ThreadId.random(),
                        Caller.principal(request),
                        assistant.id(),
                        clock.instant(),
                        Map.of());
        threads.create(thread);
        return JsonReplies.json(
                JSON.createObjectNode()
                        .put("thread_id", thread.id().value())
                        .put("initial_message", assistant.initialMessage())
                        .put("correlation_id", Caller.correlationId(request).value()));
    }
}
