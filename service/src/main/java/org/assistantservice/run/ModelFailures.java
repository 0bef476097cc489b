package org.assistantservice.run;

import org.assistantservice.identity.CorrelationId;
import org.assistantservice.model.ModelException;

/// What a client is told when the model failed; none of it in the provider's words.
final class ModelFailures {
    private ModelFailures() {}

    static RunError error(ModelException failure, CorrelationId id) {
        return new RunError(
                code(failure.fault()),
                "Model provider error (correlation_id: %s)".formatted(id.shortForm()),
                reason(failure.fault()),
                failure.retryAfter());
    }

    private static RunError.Code code(ModelException.Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> RunError.Code.RATE_LIMIT_EXCEEDED;
            case REJECTED -> RunError.Code.INVALID_PROMPT;
            case AUTH, NOT_FOUND, UNAVAILABLE, PROTOCOL -> RunError.Code.SERVER_ERROR;
        };
    }

    private static String reason(ModelException.Fault fault) {
        return switch (fault) {
            case AUTH -> "upstream_auth";
            case NOT_FOUND -> "upstream_not_found";
            case RATE_LIMITED -> "upstream_rate_limited";
            case REJECTED -> "upstream_rejected";
            case UNAVAILABLE, PROTOCOL -> "upstream_unavailable";
        };
    }
}
