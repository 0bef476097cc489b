package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads a request's body as it is, whatever its content type says. Blocks; thread-safe.
@Singleton
public final class RequestBody {
    private final ServerSettings settings;

    public RequestBody(ServerSettings settings) {
        this.settings = settings;
    }

    /// All bytes of the body; none if there is no body.
    ///
    /// @throws ProblemException 413 if it is too large, 408 if it takes too long, 400 if it breaks
    ///   off
    public byte[] read(HttpRequest<?> request) throws InterruptedException {
        if (!(request instanceof ServerHttpRequest<?> received)) {
            throw new IllegalArgumentException("Not a request that a server received");
        }
        CompletableFuture<? extends CloseableAvailableByteBody> arriving =
                received.byteBody().split(SplitBackpressureMode.FASTEST).buffer();
        try (CloseableAvailableByteBody body =
                arriving.get(settings.bodyTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            return body.toByteArray();
        } catch (TimeoutException e) {
            arriving.cancel(true);
            throw new Problem(HttpStatus.REQUEST_TIMEOUT, "body_timeout", "Request timed out")
                    .toException();
        } catch (ExecutionException e) {
            throw refusal(e.getCause()).toException();
        }
    }

    private static Problem refusal(@Nullable Throwable cause) {
        return cause instanceof ContentLengthExceededException
                        || cause instanceof BufferLengthExceededException
                ? Problem.tooLarge()
                : new Problem(HttpStatus.BAD_REQUEST, "invalid_body", "Request body broke off");
    }
}
