package org.assistantservice.protocol.openai;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import java.time.Duration;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/// Gives every response under `/v1` the headers of the original and every error its shape, also
/// those that the framework makes before a route is reached.
@OfProtocol("openai")
@ServerFilter("/v1/**")
final class OpenAiFilter implements Ordered {
    private static final String STARTED = "assistant-service.openai.started";
    private static final String BETA = "OpenAI-Beta";
    private static final String RETIRED = "assistants=v1";

    /// Outside the filters that may refuse a request, inside the one of correlation ids.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    @Nullable HttpResponse<?> before(HttpRequest<?> request) {
        request.setAttribute(STARTED, System.nanoTime());
        if (!RETIRED.equals(request.getHeaders().get(BETA))) {
            return null;
        }
        MutableHttpResponse<?> refused = OpenAiResponses.of(OpenAiError.retiredVersion());
        addHeaders(request, refused);
        return refused;
    }

    @ResponseFilter
    void after(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (cause(response) instanceof StoreUnavailableException) {
            response.status(HttpStatus.SERVICE_UNAVAILABLE);
        }
        if (response.code() >= HttpStatus.BAD_REQUEST.getCode()
                && !OpenAiResponses.isOurs(response)) {
            OpenAiError error = error(request, response);
            response.contentType(MediaType.APPLICATION_JSON_TYPE);
            response.body(request.getMethod() == HttpMethod.HEAD ? null : error.json());
        }
        addHeaders(request, response);
    }

    private static void addHeaders(HttpRequest<?> request, MutableHttpResponse<?> response) {
        long started = request.getAttribute(STARTED, Long.class).orElseGet(System::nanoTime);
        response.header("x-request-id", Caller.correlationId(request).value())
                .header("openai-version", "2020-10-01")
                .header(
                        "openai-processing-ms",
                        Long.toString(Duration.ofNanos(System.nanoTime() - started).toMillis()));
    }

    private static @Nullable Throwable cause(HttpResponse<?> response) {
        return RouteAttributes.getException(response).orElse(null);
    }

    private static OpenAiError error(HttpRequest<?> request, HttpResponse<?> response) {
        return switch (response.status()) {
            case NOT_FOUND -> OpenAiError.unknownUrl(request.getMethodName(), request.getPath());
            case METHOD_NOT_ALLOWED ->
                    OpenAiError.of(
                            response.code(),
                            "Not allowed to %s on %s."
                                    .formatted(request.getMethodName(), request.getPath()));
            case UNAUTHORIZED ->
                    new OpenAiError(
                            response.code(),
                            "invalid_request_error",
                            "Incorrect API key provided.",
                            null,
                            "invalid_api_key");
            case SERVICE_UNAVAILABLE ->
                    OpenAiError.of(response.code(), "The service is not available at the moment.");
            case INTERNAL_SERVER_ERROR ->
                    OpenAiError.of(
                            response.code(),
                            "The server had an error while processing your request.");
            default -> OpenAiError.of(response.code(), response.status().getReason() + ".");
        };
    }
}
