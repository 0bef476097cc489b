package org.assistantservice.protocol.stateless;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.server.ErrorBody;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;

/// Errors before the stream: `{"error":"Message too long","type":"ValueError"}`, and
/// `{"detail":[…]}` for a body of the wrong shape.
@Singleton
@OfProtocol("stateless")
final class StatelessErrorBody implements ErrorBody {
    private static final String UNEXPECTED = "An unexpected error occurred";

    @Override
    public Iterable<String> prefixes() {
        return List.of("/openai/chat", "/api/chat");
    }

    @Override
    public HttpStatus status(Problem problem) {
        return isInternal(problem) ? HttpStatus.INTERNAL_SERVER_ERROR : problem.status();
    }

    @Override
    public String json(Problem problem, CorrelationId correlationId) {
        String detail = problem.detailJson();
        if (detail != null) {
            return "{\"detail\":" + detail + "}";
        }
        String message = isInternal(problem) ? UNEXPECTED : problem.message();
        return "{\"error\":%s,\"type\":\"%s\"}".formatted(JsonText.quoted(message), type(problem));
    }

    /// Old clients know a fault of the store as any other fault.
    private static boolean isInternal(Problem problem) {
        return problem.status() == HttpStatus.INTERNAL_SERVER_ERROR
                || problem.code().equals(Problem.STORE_UNAVAILABLE);
    }

    private static String type(Problem problem) {
        if (isInternal(problem)) {
            return "InternalError";
        }
        return switch (problem.status()) {
            case BAD_REQUEST -> "ValueError";
            case UNAUTHORIZED -> "Unauthorized";
            case NOT_FOUND -> "NotFound";
            case METHOD_NOT_ALLOWED -> "MethodNotAllowed";
            case REQUEST_TIMEOUT -> "TimeoutError";
            case REQUEST_ENTITY_TOO_LARGE -> "PayloadTooLarge";
            case TOO_MANY_REQUESTS -> "RateLimitError";
            case NOT_IMPLEMENTED -> "NotImplementedError";
            case SERVICE_UNAVAILABLE -> "ServiceUnavailable";
            default -> "RequestError";
        };
    }
}
