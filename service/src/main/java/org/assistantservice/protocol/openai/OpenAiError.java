package org.assistantservice.protocol.openai;

import org.assistantservice.wire.JsonText;
import org.jspecify.annotations.Nullable;

/// An error of the Assistants API. Its texts are literal: client code matches on them.
///
/// @param status HTTP status
/// @param param the parameter that is wrong, or null
/// @param code null where the original has none
record OpenAiError(
        int status, String type, String message, @Nullable String param, @Nullable String code) {
    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_SERVER_ERROR = 500;

    /// @param noun e.g. `thread`
    static OpenAiError notFound(String noun, String id) {
        return new OpenAiError(
                NOT_FOUND,
                INVALID_REQUEST,
                "No %s found with id '%s'.".formatted(noun, id),
                null,
                null);
    }

    static OpenAiError invalid(String param, String code, String message) {
        return new OpenAiError(BAD_REQUEST, INVALID_REQUEST, message, param, code);
    }

    /// @param prefix without its underscore, e.g. `msg`
    static OpenAiError wrongPrefix(String param, String value, String prefix) {
        return invalid(
                param,
                "invalid_value",
                "Invalid '%s': '%s'. Expected an ID that begins with '%s'."
                        .formatted(param, value, prefix));
    }

    static OpenAiError unknownUrl(String method, String path) {
        return new OpenAiError(
                NOT_FOUND,
                INVALID_REQUEST,
                "Invalid URL (%s %s)".formatted(method, path),
                null,
                "unknown_url");
    }

    static OpenAiError retiredVersion() {
        return new OpenAiError(
                BAD_REQUEST,
                INVALID_REQUEST,
                "The v1 Assistants API is not served here. Please set the header"
                        + " 'OpenAI-Beta: assistants=v2'.",
                null,
                "invalid_beta");
    }

    static OpenAiError of(int status, String message) {
        return new OpenAiError(status, type(status), message, null, null);
    }

    private static String type(int status) {
        return switch (status) {
            case FORBIDDEN -> "permission_error";
            case TOO_MANY_REQUESTS -> "rate_limit_error";
            default -> status >= FIRST_SERVER_ERROR ? "server_error" : INVALID_REQUEST;
        };
    }

    /// `{"error":{"message":…,"type":…,"param":…,"code":…}}`, all four keys always.
    String json() {
        return new JsonText()
                .object()
                .object("error")
                .field("message", message)
                .field("type", type)
                .field("param", param)
                .field("code", code)
                .end()
                .end()
                .toString();
    }
}
