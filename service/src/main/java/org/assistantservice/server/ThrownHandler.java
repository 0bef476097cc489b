package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/// Answers whatever a route throws, unless the framework has a handler of its own for it.
@Singleton
final class ThrownHandler implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
    private final ErrorResponses responses;

    ThrownHandler(ErrorResponses responses) {
        this.responses = responses;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<?> handle(HttpRequest request, RuntimeException thrown) {
        return responses.respond(request, Problems.of(thrown));
    }
}
