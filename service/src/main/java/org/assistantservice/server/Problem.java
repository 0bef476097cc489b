package org.assistantservice.server;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a request is refused, before any protocol gave it a shape.
///
/// @param code for programs, e.g. `thread_not_found`
/// @param message for the caller: no secrets, no correlation id, no full stop
/// @param param which part of the request is at fault, or null
/// @param retryAfter when trying again makes sense, or null
/// @param detailJson a protocol's own JSON that says more than the message, or null
public record Problem(
        HttpStatus status,
        String code,
        String message,
        @Nullable String param,
        @Nullable Duration retryAfter,
        @Nullable String detailJson) {

    public static final String INTERNAL = "internal_error";
    public static final String STORE_UNAVAILABLE = "store_unavailable";
    public static final String UNKNOWN_PATH = "unknown_path";
    public static final String METHOD_NOT_ALLOWED = "method_not_allowed";
    private static final Duration SOON = Duration.ofSeconds(5);

    public Problem(HttpStatus status, String code, String message) {
        this(status, code, message, null, null, null);
    }

    public static Problem internal() {
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, INTERNAL, "Internal server error");
    }

    public static Problem unauthorized() {
        return new Problem(HttpStatus.UNAUTHORIZED, "invalid_api_key", "Unauthorized");
    }

    public static Problem draining() {
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE, "shutting_down", "Service is shutting down")
                .retryAfter(SOON);
    }

    public static Problem storeUnavailable() {
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        STORE_UNAVAILABLE,
                        "The store is not available")
                .retryAfter(SOON);
    }

    public static Problem overloaded() {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "Service is overloaded")
                .retryAfter(SOON);
    }

    public static Problem tooLarge() {
        return new Problem(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "Request too large");
    }

    public Problem retryAfter(@Nullable Duration wait) {
        return new Problem(status, code, message, param, wait, detailJson);
    }

    public Problem param(String name) {
        return new Problem(status, code, message, name, retryAfter, detailJson);
    }

    public Problem detail(String json) {
        return new Problem(status, code, message, param, retryAfter, json);
    }

    public ProblemException toException() {
        return new ProblemException(this);
    }
}
