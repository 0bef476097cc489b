package org.assistantservice.protocol.openai;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.assistantservice.server.OfProtocol;

/// Turns [OpenAiException]s into responses.
@OfProtocol("openai")
@Singleton
final class OpenAiResponses implements ExceptionHandler<OpenAiException, HttpResponse<?>> {
    private static final String OURS = "assistant-service.openai.error";

    @Override
    public HttpResponse<?> handle(HttpRequest request, OpenAiException exception) {
        return of(exception.error());
    }

    /// A response with its body in place.
    static MutableHttpResponse<?> of(OpenAiError error) {
        MutableHttpResponse<String> response =
                HttpResponse.<String>status(HttpStatus.valueOf(error.status()))
                        .body(error.json())
                        .contentType(MediaType.APPLICATION_JSON_TYPE);
        response.setAttribute(OURS, error);
        return response;
    }

    static boolean isOurs(HttpResponse<?> response) {
        return response.getAttribute(OURS).isPresent();
    }
}
