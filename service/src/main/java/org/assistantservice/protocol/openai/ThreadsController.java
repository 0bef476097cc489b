package org.assistantservice.protocol.openai;

import static org.assistantservice.server.Caller.principal;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.ThreadStore;
import org.assistantservice.wire.WireJson;
import org.jspecify.annotations.Nullable;

/// Threads and their messages, read.
@OfProtocol("openai")
@Controller("/v1/threads")
@ExecuteOn(TaskExecutors.BLOCKING)
@AnswersJson
@Tag(name = "Assistants API")
final class ThreadsController {
    private final ThreadStore threads;

    ThreadsController(ThreadStore threads) {
        this.threads = threads;
    }

    @Get("/{threadId}")
    @Operation(summary = "Retrieve a thread")
    String thread(HttpRequest<?> request, String threadId) {
        return ThreadId.parse(threadId)
                .flatMap(id -> threads.find(principal(request), id))
                .map(WireJson::thread)
                .orElseThrow(() -> noThread(threadId));
    }

    @Get("/{threadId}/messages")
    @Operation(summary = "List a thread's messages")
    String messages(
            HttpRequest<?> request,
            String threadId,
            @RequestBean ListQuery query,
            @Nullable @QueryValue("run_id") String runId) {
        Principal principal = principal(request);
        RunId writer = runId == null ? null : parsedRunId(runId);
        ThreadId thread = existing(principal, threadId);
        Page<Message> found =
                query.read("msg", page -> threads.messages(principal, thread, page, writer));
        List<Message> messages = found.data();
        return WireJson.list(
                messages.stream().map(WireJson::message).toList(),
                messages.stream().map(message -> message.id().value()).toList(),
                found.hasMore());
    }

    @Get("/{threadId}/messages/{messageId}")
    @Operation(summary = "Retrieve a message")
    String message(HttpRequest<?> request, String threadId, String messageId) {
        ThreadId thread = existing(principal(request), threadId);
        return MessageId.parse(messageId)
                .flatMap(id -> threads.message(principal(request), thread, id))
                .map(WireJson::message)
                .orElseThrow(() -> new OpenAiException(OpenAiError.notFound("message", messageId)));
    }

    private ThreadId existing(Principal principal, String threadId) {
        Optional<ThreadId> id = ThreadId.parse(threadId);
        return id.filter(known -> threads.find(principal, known).isPresent())
                .orElseThrow(() -> noThread(threadId));
    }

    private static OpenAiException noThread(String threadId) {
        return new OpenAiException(OpenAiError.notFound("thread", threadId));
    }

    private static RunId parsedRunId(String runId) {
        return RunId.parse(runId)
                .orElseThrow(
                        () -> new OpenAiException(OpenAiError.wrongPrefix("run_id", runId, "run")));
    }
}
