package org.assistantservice.protocol.chat;

import org.assistantservice.identity.CorrelationId;
import org.assistantservice.server.Problem;

/// What an error frame says.
///
/// @param code for programs, e.g. `missing_fields`
record SocketError(String code, String text, CorrelationId correlationId) {
    static SocketError invalidJson(CorrelationId correlationId) {
        return new SocketError("invalid_json", "JSON parsing error", correlationId);
    }

    static SocketError missingFields(CorrelationId correlationId) {
        return new SocketError("missing_fields", "Missing thread_id or message", correlationId);
    }

    static SocketError notSent(CorrelationId correlationId) {
        return new SocketError("send_error", "Failed to send event", correlationId);
    }

    static SocketError ofService(CorrelationId correlationId) {
        return new SocketError("stream_error", told("Stream error", correlationId), correlationId);
    }

    static SocketError of(Problem problem, CorrelationId correlationId) {
        return switch (problem.status()) {
            case TOO_MANY_REQUESTS ->
                    new SocketError("rate_limit_exceeded", "Rate limit exceeded", correlationId);
            case BAD_REQUEST, NOT_FOUND, CONFLICT, UNPROCESSABLE_ENTITY, SERVICE_UNAVAILABLE ->
                    problem.code().equals(Problem.STORE_UNAVAILABLE)
                            ? ofService(correlationId)
                            : new SocketError(
                                    problem.code(),
                                    told(problem.message(), correlationId),
                                    correlationId);
            default -> ofService(correlationId);
        };
    }

    private static String told(String text, CorrelationId correlationId) {
        return "%s (correlation_id: %s)".formatted(text, correlationId.shortForm());
    }
}
