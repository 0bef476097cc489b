package org.assistantservice.server;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Writes every error response there is, the framework's own included, in the form of the protocol
/// whose path was asked for.
@Singleton
final class ErrorResponses implements ErrorResponseProcessor<byte[]> {
    private final List<ErrorBody> bodies;

    ErrorResponses(List<ErrorBody> bodies) {
        this.bodies = List.copyOf(bodies);
    }

    @Override
    public MutableHttpResponse<byte[]> processResponse(
            ErrorContext context, MutableHttpResponse<?> base) {
        Problem problem =
                context.getRootCause()
                        .filter(it -> it instanceof ProblemException)
                        .map(Problems::of)
                        .orElseGet(() -> Problems.of(base.status()));
        return fill(context.getRequest(), problem, base);
    }

    MutableHttpResponse<byte[]> respond(HttpRequest<?> request, Problem problem) {
        return fill(request, problem, HttpResponse.ok());
    }

    private MutableHttpResponse<byte[]> fill(
            HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response) {
        ErrorBody form = form(request.getPath());
        response.status(form.status(problem));
        Duration wait = problem.retryAfter();
        if (wait != null) {
            response.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
        }
        response.contentType(MediaType.APPLICATION_JSON_TYPE);
        if (request.getMethod() == HttpMethod.HEAD) {
            return response.body(new byte[0]);
        }
        String json = form.json(problem, Caller.correlationId(request));
        return response.body(json.getBytes(StandardCharsets.UTF_8));
    }

    private ErrorBody form(String path) {
        ErrorBody best = null;
        int length = -1;
        for (ErrorBody body : bodies) {
            for (String prefix : body.prefixes()) {
                if (prefix.length() > length && covers(prefix, path)) {
                    best = body;
                    length = prefix.length();
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("No form of errors covers " + path);
        }
        return best;
    }

    private static boolean covers(String prefix, String path) {
        return prefix.isEmpty() || path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
