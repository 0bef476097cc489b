package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpStatus;
import org.assistantservice.server.Problem;
import org.assistantservice.server.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/// What clients are told when something is refused, in the words they know.
final class Refusals {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Refusals() {}

    static ProblemException badRequest(String text) {
        return refusal(HttpStatus.BAD_REQUEST, "invalid_request", text);
    }

    static ProblemException notFound(String text) {
        return refusal(HttpStatus.NOT_FOUND, "not_found", text);
    }

    static ProblemException notCreated() {
        return refusal(
                HttpStatus.INTERNAL_SERVER_ERROR, "not_created", "Unable to create the assistant");
    }

    static ProblemException tooManyUsers(int most) {
        return refusal(
                HttpStatus.TOO_MANY_REQUESTS,
                "too_many_users",
                "At most %d users may have an assistant".formatted(most));
    }

    /// The run did not come to an answer.
    static Problem notProcessed() {
        return new Problem(HttpStatus.BAD_GATEWAY, "run_failed", "Unable to process the prompt");
    }

    private static ProblemException refusal(HttpStatus status, String code, String text) {
        return new Problem(status, code, text).detail(JSON.writeValueAsString(text)).toException();
    }
}
