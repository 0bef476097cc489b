package org.assistantservice.server;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.identity.CorrelationId;

/// The form of every path that no protocol claims: `{"detail":"… (correlation_id: 1a2b3c4d)"}`.
@Singleton
final class DetailErrorBody implements ErrorBody {
    private static final int ROOM = 128;

    @Override
    public Iterable<String> prefixes() {
        return List.of("");
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
        if (problem.code().equals(Problem.UNKNOWN_PATH)
                || problem.code().equals(Problem.METHOD_NOT_ALLOWED)) {
            return "{\"detail\":\"" + problem.message() + "\"}";
        }
        String message = isInternal(problem) ? Problem.internal().message() : problem.message();
        String code =
                problem.code().startsWith("upstream_")
                        ? ",\"code\":\"" + problem.code() + "\""
                        : "";
        return "{\"detail\":\"%s (correlation_id: %s)\"%s}"
                .formatted(quoted(message), correlationId.shortForm(), code);
    }

    /// Old clients know a fault of the store as an internal error.
    private static boolean isInternal(Problem problem) {
        return problem.code().equals(Problem.STORE_UNAVAILABLE);
    }

    private static String quoted(String text) {
        return new String(
                new AsciiBuffer(ROOM).text(text).toBytes(),
                java.nio.charset.StandardCharsets.US_ASCII);
    }
}
