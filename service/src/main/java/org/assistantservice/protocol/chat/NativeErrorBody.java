package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.server.ErrorBody;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Errors of the native routes, in the envelope that clients of the Assistants API read too:
/// `{"error":{"type","code","message","param","request_id","retryable"}}`.
@Singleton
@OfProtocol("chat")
final class NativeErrorBody implements ErrorBody {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Iterable<String> prefixes() {
        return List.of("/runs", "/assistants");
    }

    @Override
    public String json(Problem problem, CorrelationId correlationId) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("type", type(problem.status()))
                .put("code", problem.code())
                .put("message", problem.message())
                .put("param", problem.param())
                .put("request_id", correlationId.value())
                .put("retryable", problem.retryAfter() != null);
        return JSON.writeValueAsString(body);
    }

    private static String type(HttpStatus status) {
        if (status.getCode() >= 500) {
            return "server_error";
        }
        return status == HttpStatus.TOO_MANY_REQUESTS
                ? "rate_limit_error"
                : "invalid_request_error";
    }
}
