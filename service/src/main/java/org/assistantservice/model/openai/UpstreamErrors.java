package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.AUTH;
import static org.assistantservice.model.ModelException.Fault.NOT_FOUND;
import static org.assistantservice.model.ModelException.Fault.PROTOCOL;
import static org.assistantservice.model.ModelException.Fault.RATE_LIMITED;
import static org.assistantservice.model.ModelException.Fault.REJECTED;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns what an endpoint says about a failure into ours.
///
/// Our messages are logged, and a provider's words may quote the prompt or the answer: a message
/// holds the provider's status, codes and the length of what it said, never the words.
final class UpstreamErrors {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_WORDS = 500;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
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
        JsonNode json = parsed(body);
        String message =
                "The model endpoint answered %d (%s)"
                        .formatted(
                                status,
                                described(json.has("error") ? json.path("error") : json, body));
        boolean passes = PASSING.contains(status) && !body.contains("insufficient_quota");
        return AttemptFailedException.of(
                        new ModelException(fault, message, retryAfter, null), passes)
                .saying(told(fault, body));
    }

    /// A connection that could not be made, or broke.
    ///
    /// @param what the beginning of the message
    static AttemptFailedException broken(String what, Throwable cause) {
        String message = "%s: %s".formatted(what, rootOf(cause));
        return canPass(cause)
                ? AttemptFailedException.passing(UNAVAILABLE, message, cause)
                : AttemptFailedException.last(UNAVAILABLE, message, cause);
    }

    /// A wrong name or certificate stays wrong.
    private static boolean canPass(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SSLException || e instanceof UnknownHostException) {
                return false;
            }
        }
        return true;
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /// A JSON document where a stream was asked for.
    static AttemptFailedException insteadOfStream(String body) {
        JsonNode error = parsed(body).path("error");
        return error.isObject() || error.isString() ? inStream(error) : notAStream(body);
    }

    private static AttemptFailedException notAStream(String body) {
        return AttemptFailedException.last(
                        PROTOCOL,
                        "The model endpoint answered with JSON, not a stream (%d characters)"
                                .formatted(body.length()))
                .saying(shortened(body));
    }

    /// An error frame within a stream.
    static AttemptFailedException inStream(JsonNode error) {
        Fault fault = faultOf(error);
        String words = error.toString();
        String message =
                "The model endpoint broke off its answer (%s)".formatted(described(error, words));
        return AttemptFailedException.of(
                        new ModelException(fault, message, null, null),
                        fault == RATE_LIMITED || fault == UNAVAILABLE)
                .saying(told(fault, words));
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

    /// What is safe to log of an error, e.g. `code context_length_exceeded, 312 characters`.
    private static String described(JsonNode error, String words) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("code", "type")) {
            String value = error.path(name).asString("");
            if (CODE.matcher(value).matches()) {
                text.append(name).append(' ').append(value).append(", ");
            }
        }
        return text.append(words.length()).append(" characters").toString();
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /// A provider's words about a bad key may quote the key.
    private static String told(Fault fault, String words) {
        return fault == AUTH ? "" : shortened(words);
    }

    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
