package org.assistantservice.protocol.openai;

import static org.assistantservice.server.Caller.principal;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunStep;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadStore;
import org.assistantservice.wire.WireJson;

/// A thread's runs and their steps, read.
@OfProtocol("openai")
@Controller("/v1/threads/{threadId}/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
@AnswersJson
@Tag(name = "Assistants API")
final class RunsController {
    private final ThreadStore threads;
    private final RunReads runs;

    RunsController(ThreadStore threads, RunReads runs) {
        this.threads = threads;
        this.runs = runs;
    }

    @Get
    @Operation(summary = "List a thread's runs")
    String runs(HttpRequest<?> request, String threadId, @RequestBean ListQuery query) {
        Principal principal = principal(request);
        ThreadId thread = existing(principal, threadId);
        Page<Run> found = query.read("run", page -> runs.runs(principal, thread, page));
        List<Run> data = found.data();
        return WireJson.list(
                data.stream().map(WireJson::run).toList(),
                data.stream().map(run -> run.id().value()).toList(),
                found.hasMore());
    }

    @Get("/{runId}")
    @Operation(summary = "Retrieve a run")
    String run(HttpRequest<?> request, String threadId, String runId) {
        return WireJson.run(existing(principal(request), threadId, runId));
    }

    @Get("/{runId}/steps")
    @Operation(summary = "List a run's steps")
    String steps(
            HttpRequest<?> request, String threadId, String runId, @RequestBean ListQuery query) {
        Principal principal = principal(request);
        Run run = existing(principal, threadId, runId);
        Page<RunStep> found = query.read("step", page -> runs.steps(principal, run.id(), page));
        List<RunStep> data = found.data();
        return WireJson.list(
                data.stream().map(WireJson::step).toList(),
                data.stream().map(step -> step.id().value()).toList(),
                found.hasMore());
    }

    @Get("/{runId}/steps/{stepId}")
    @Operation(summary = "Retrieve a run step")
    String step(HttpRequest<?> request, String threadId, String runId, String stepId) {
        Principal principal = principal(request);
        Run run = existing(principal, threadId, runId);
        return step(principal, run.id(), stepId)
                .map(WireJson::step)
                .orElseThrow(() -> new OpenAiException(OpenAiError.notFound("run step", stepId)));
    }

    /// A run has few steps: 25 rounds at most, so one page holds nearly all of them.
    private Optional<RunStep> step(Principal principal, RunId run, String stepId) {
        PageRequest request = PageRequest.oldestFirst(PageRequest.MAX_LIMIT);
        while (true) {
            Page<RunStep> page = runs.steps(principal, run, request);
            Optional<RunStep> found =
                    page.data().stream().filter(step -> step.id().value().equals(stepId)).findAny();
            if (found.isPresent() || !page.hasMore()) {
                return found;
            }
            String last = page.data().getLast().id().value();
            request = new PageRequest(PageRequest.MAX_LIMIT, false, last, null);
        }
    }

    private ThreadId existing(Principal principal, String threadId) {
        return ThreadId.parse(threadId)
                .filter(id -> threads.find(principal, id).isPresent())
                .orElseThrow(() -> missing("thread", threadId));
    }

    private Run existing(Principal principal, String threadId, String runId) {
        ThreadId thread = existing(principal, threadId);
        return RunId.parse(runId)
                .flatMap(id -> runs.run(principal, id))
                .filter(run -> run.threadId().equals(thread))
                .orElseThrow(() -> missing("run", runId));
    }

    private static OpenAiException missing(String noun, String id) {
        return new OpenAiException(OpenAiError.notFound(noun, id));
    }
}
