package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;
import org.assistantservice.protocol.chat.ReplyReader.Broken;
import org.assistantservice.protocol.chat.ReplyReader.Outcome;
import org.assistantservice.protocol.chat.ReplyReader.Over;
import org.assistantservice.protocol.chat.ReplyReader.Stopping;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.server.Problem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a run's end answers a JSON caller. A run that failed is never an empty success.
final class JsonReplies {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UPSTREAM = "upstream_";

    private JsonReplies() {}

    /// @param isNewThread whether the answer names the thread
    /// @throws org.assistantservice.server.ProblemException if the run has no answer
    static HttpResponse<?> of(Outcome outcome, boolean isNewThread) {
        return switch (outcome) {
            case Over(var run, var texts, var hasCalled) ->
                    switch (run.status()) {
                        case COMPLETED -> answer(run, texts, isNewThread);
                        case INCOMPLETE -> {
                            if (texts.stream().allMatch(String::isEmpty)) {
                                throw failed(run, "complete run").toException();
                            }
                            yield answer(run, texts, isNewThread);
                        }
                        case FAILED -> throw failed(run, operation(run, hasCalled)).toException();
                        case CANCELLED, EXPIRED, QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING ->
                                throw failed(run, "complete run").toException();
                    };
            case Stopping _ -> throw Problem.draining().toException();
            case Broken _ -> throw Problem.internal().toException();
        };
    }

    static MutableHttpResponse<byte[]> json(ObjectNode body) {
        return HttpResponse.ok(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static HttpResponse<?> answer(Run run, Iterable<String> texts, boolean isNewThread) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode responses = body.putArray("responses");
        texts.forEach(responses::add);
        if (isNewThread) {
            body.put("thread_id", run.threadId().value());
        }
        return json(body);
    }

    private static String operation(Run run, boolean hasCalled) {
        RunError error = run.state().error();
        boolean isUpstream = error != null && error.reason().startsWith(UPSTREAM);
        return isUpstream && !hasCalled ? "create run" : "complete run";
    }

    private static Problem failed(Run run, String operation) {
        RunError error = run.state().error();
        String code =
                error != null && error.reason().startsWith(UPSTREAM)
                        ? error.reason()
                        : "run_" + run.status().name().toLowerCase(java.util.Locale.ROOT);
        return new Problem(HttpStatus.BAD_GATEWAY, code, "Failed to " + operation)
                .retryAfter(error == null ? null : error.retryAfter());
    }
}
