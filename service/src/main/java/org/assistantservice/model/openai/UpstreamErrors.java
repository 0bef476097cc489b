package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.AUTH;
import static org.assistantservice.model.ModelException.Fault.NOT_FOUND;
import static org.assistantservice.model.ModelException.Fault.PROTOCOL;
import static org.assistantservice.model.ModelException.Fault.RATE_LIMITED;
import static org.assistantservice.model.ModelException.Fault.REJECTED;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import java.time.Duration;
import java.util.Set;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns what an endpoint says about a failure into ours.
final class UpstreamErrors {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_WORDS = 500;
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 529);
    private static final Set<String> RATE_CODES =
            Set.of("rate_limit_exceeded", "rate_limit_error", "rate_limited", "too_many_requests");
    private static final Set<String> REJECTED_CODES =
            Set.of("invalid_request_error", "context_length_exceeded", "BadRequestError");
    private static final Set<String> AUTH_CODES =
            Set.of("invalid_api_key", "authentication_error", "permission_error");

    private UpstreamErrors() {}

    /// An answer with a status other than 200.
    ///
    /// @param body the beginning of the body; may be anything
    static AttemptFailedException ofStatus(int status, String body, @Nullable Duration retryAfter) {
        Fault fault = faultOf(status);
        // A provider's words about a bad key may quote the key.
        String words = fault == AUTH ? "" : words(body);
        String message =
                "The model endpoint answered %d%s"
                        .formatted(status, words.isEmpty() ? "" : ": " + words);
        boolean passes = PASSING.contains(status) && !body.contains("insufficient_quota");
        return AttemptFailedException.of(
                new ModelException(fault, message, retryAfter, null), passes);
    }

    /// A JSON document where a stream was asked for.
    static AttemptFailedException insteadOfStream(String body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            if (error.isObject() || error.isString()) {
                return inStream(error);
            }
        } catch (JacksonException e) {
            return notAStream(body, e);
        }
        return notAStream(body, null);
    }

    private static AttemptFailedException notAStream(
            String body, @Nullable JacksonException cause) {
        return AttemptFailedException.last(
                PROTOCOL,
                "The model endpoint answered with JSON, not a stream: " + shortened(body),
                cause);
    }

    /// An error frame within a stream.
    static AttemptFailedException inStream(JsonNode error) {
        Fault fault = faultOf(error);
        String words = fault == AUTH ? "" : ": " + shortened(message(error));
        return AttemptFailedException.of(
                new ModelException(
                        fault, "The model endpoint broke off its answer" + words, null, null),
                fault == RATE_LIMITED || fault == UNAVAILABLE);
    }

    private static Fault faultOf(int status) {
        return switch (status) {
            case 401, 403 -> AUTH;
            case 404 -> NOT_FOUND;
            case 429 -> RATE_LIMITED;
            default -> {
                if (status >= 500 || status == 408) {
                    yield UNAVAILABLE;
                }
                yield status >= 400 ? REJECTED : PROTOCOL;
            }
        };
    }

    private static Fault faultOf(JsonNode error) {
        JsonNode code = error.path("code");
        int number = code.isIntegralNumber() ? code.asInt(0) : number(code.asString(""));
        if (number >= 400 && number < 600) {
            return faultOf(number);
        }
        String type = error.path("type").asString("");
        String name = code.asString("");
        if (RATE_CODES.contains(name) || RATE_CODES.contains(type)) {
            return RATE_LIMITED;
        }
        if (AUTH_CODES.contains(name) || AUTH_CODES.contains(type)) {
            return AUTH;
        }
        boolean rejected = REJECTED_CODES.contains(name) || REJECTED_CODES.contains(type);
        return rejected ? REJECTED : UNAVAILABLE;
    }

    private static int number(String text) {
        return text.matches("[0-9]{3}") ? Integer.parseInt(text) : 0;
    }

    private static String words(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            JsonNode error = json.path("error");
            String message = message(error.isMissingNode() ? json : error);
            return shortened(message.isEmpty() ? body : message);
        } catch (JacksonException e) {
            return shortened(body);
        }
    }

    private static String message(JsonNode error) {
        return error.isString() ? error.stringValue() : error.path("message").asString("");
    }

    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
