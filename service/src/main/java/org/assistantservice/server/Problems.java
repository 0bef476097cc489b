package org.assistantservice.server;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Locale;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.thread.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what was thrown into what the caller is told. The only place where an error code becomes
/// an HTTP status.
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger("ERROR_HANDLERS");
    private static final Duration SOON = Duration.ofSeconds(2);

    private Problems() {}

    /// The problem behind an exception. What nobody expected is logged here, once, with its cause,
    /// and told as an internal error.
    public static Problem of(Throwable thrown) {
        return switch (thrown) {
            case ProblemException e -> e.problem();
            case RunException e -> of(e);
            case StoreUnavailableException e -> {
                LOG.error("The store is not available", e);
                yield Problem.storeUnavailable();
            }
            default -> {
                LOG.error("Unexpected error: {}", thrown.getClass().getSimpleName(), thrown);
                yield Problem.internal();
            }
        };
    }

    /// What the framework itself refuses, by its status.
    static Problem of(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> new Problem(status, Problem.UNKNOWN_PATH, "Not Found");
            case METHOD_NOT_ALLOWED ->
                    new Problem(status, Problem.METHOD_NOT_ALLOWED, "Method Not Allowed");
            case REQUEST_ENTITY_TOO_LARGE -> Problem.tooLarge();
            case INTERNAL_SERVER_ERROR -> Problem.internal();
            default ->
                    new Problem(status, status.name().toLowerCase(Locale.ROOT), status.getReason());
        };
    }

    private static Problem of(RunException refused) {
        RunErrorCode code = refused.code();
        Problem problem =
                new Problem(status(code), code.name().toLowerCase(Locale.ROOT), message(refused));
        Duration wait = refused.retryAfter();
        return switch (code.fault()) {
            case CALLER, UPSTREAM -> problem.retryAfter(wait);
            case LIMIT, SERVICE -> problem.retryAfter(wait == null ? SOON : wait);
        };
    }

    private static HttpStatus status(RunErrorCode code) {
        return switch (code) {
            case THREAD_NOT_FOUND, ASSISTANT_NOT_FOUND, RUN_NOT_FOUND -> HttpStatus.NOT_FOUND;
            case RUN_NOT_CANCELLABLE, INVALID_CURSOR -> HttpStatus.BAD_REQUEST;
            case IDEMPOTENCY_KEY_REUSED -> HttpStatus.UNPROCESSABLE_ENTITY;
            case CURSOR_EXPIRED -> HttpStatus.GONE;
            case THREAD_BUSY -> HttpStatus.CONFLICT;
            case TOO_MANY_RUNS, TOO_MANY_READERS -> HttpStatus.TOO_MANY_REQUESTS;
            case ASSISTANT_UNAVAILABLE, SHUTTING_DOWN, OVERLOADED, STORE_UNAVAILABLE ->
                    HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static String message(RunException refused) {
        return switch (refused.code()) {
            case THREAD_NOT_FOUND -> "Thread not found";
            case ASSISTANT_NOT_FOUND -> "Assistant not found";
            case RUN_NOT_FOUND -> "Run not found";
            case THREAD_BUSY -> "Thread is busy";
            case TOO_MANY_RUNS -> "Rate limit exceeded";
            case TOO_MANY_READERS -> "Too many readers of this run";
            case SHUTTING_DOWN -> "Service is shutting down";
            case OVERLOADED -> "Service is overloaded";
            case STORE_UNAVAILABLE -> "The store is not available";
            case ASSISTANT_UNAVAILABLE -> "Assistant is not available";
            case INTERNAL -> "Internal server error";
            case RUN_NOT_CANCELLABLE, IDEMPOTENCY_KEY_REUSED, INVALID_CURSOR, CURSOR_EXPIRED -> {
                String said = refused.getMessage();
                yield said == null ? refused.code().name() : said;
            }
        };
    }
}
