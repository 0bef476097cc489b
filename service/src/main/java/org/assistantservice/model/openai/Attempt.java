package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assistantservice.model.ModelException.Fault.PROTOCOL;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.assistantservice.model.ModelTurn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP exchange with the endpoint, from the request to the end of the stream. For one thread;
/// stopped from outside through its [AttemptWatch].
final class Attempt implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int MAX_ERROR_BYTES = 16 * 1024;
    private static final int MAX_REST_BYTES = 64 * 1024;
    private static final Duration PATIENCE_FOR_THE_REST = Duration.ofSeconds(1);

    private final Endpoint endpoint;
    private final AttemptWatch watch;
    private final TurnAssembler turn;
    private @Nullable InputStream body;
    private boolean complete;

    Attempt(Endpoint endpoint, AttemptWatch watch, TurnAssembler turn) {
        this.endpoint = endpoint;
        this.watch = watch;
        this.turn = turn;
    }

    /// Sends `request` and streams the answer to the listener of the turn.
    ModelTurn run(HttpRequest request) throws AttemptFailedException {
        try {
            HttpResponse<InputStream> response = send(request);
            InputStream opened = response.body();
            body = opened;
            watch.stopBy(() -> closeQuietly(opened));
            watch.answered(endpoint.settings().idleTimeout());
            check(response, opened);
            ModelTurn whole = read(opened);
            complete = true;
            return whole;
        } catch (AttemptFailedException e) {
            throw turn.isShown() ? e.tooLate() : e;
        }
    }

    /// Reads what little is left of a complete answer, so that its connection can be used again,
    /// and closes any other.
    @Override
    public void close() {
        InputStream opened = body;
        if (opened == null) {
            return;
        }
        try (opened) {
            if (watch.reason() == null && complete) {
                watch.answered(PATIENCE_FOR_THE_REST);
                opened.readNBytes(MAX_REST_BYTES);
            }
        } catch (IOException e) {
            LOG.debug("A connection of the model endpoint was not kept", e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws AttemptFailedException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                endpoint.http().sendAsync(request, BodyHandlers.ofInputStream());
        watch.stopBy(() -> answer.cancel(true));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw broken("The model endpoint cannot be reached", e);
        } catch (CancellationException e) {
            throw stopped(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw AttemptFailedException.last(UNAVAILABLE, "The call was interrupted", e);
        }
    }

    private void check(HttpResponse<InputStream> response, InputStream opened)
            throws AttemptFailedException {
        HttpHeaders headers = response.headers();
        String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        int status = response.statusCode();
        if (status != 200) {
            Duration retryAfter = RetryAfter.of(headers, Clock.systemUTC());
            throw UpstreamErrors.ofStatus(status, beginning(opened), retryAfter);
        }
        if (type.contains("json") && !type.contains("stream") && !type.contains("ndjson")) {
            throw UpstreamErrors.insteadOfStream(beginning(opened));
        }
        if (type.contains("html") || type.contains("xml")) {
            throw AttemptFailedException.last(
                    PROTOCOL, "The model endpoint answered with %s, not a stream".formatted(type));
        }
        String encoding = headers.firstValue("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "The model endpoint answered with encoding '%s', which was not asked for"
                            .formatted(encoding));
        }
    }

    private ModelTurn read(InputStream opened) throws AttemptFailedException {
        ChatStream chat = ChatStream.into(turn);
        try {
            return new AnswerReader(turn, chat, endpoint.limits(), watch).read(opened);
        } catch (IOException e) {
            throw broken("The model endpoint broke off its answer", e);
        }
    }

    private static String beginning(InputStream opened) {
        try {
            return new String(opened.readNBytes(MAX_ERROR_BYTES), UTF_8);
        } catch (IOException e) {
            return "(no body: %s)".formatted(e.getMessage());
        }
    }

    private AttemptFailedException broken(String what, Exception e) {
        if (watch.reason() != null) {
            return stopped(e);
        }
        String message = "%s: %s".formatted(what, rootOf(e));
        return isWorthRetrying(e)
                ? AttemptFailedException.passing(UNAVAILABLE, message, e)
                : AttemptFailedException.last(UNAVAILABLE, message, e);
    }

    private AttemptFailedException stopped(Exception e) {
        String why = watch.reason();
        return AttemptFailedException.last(
                UNAVAILABLE, why == null ? "The call was stopped" : why, e);
    }

    /// A wrong name or certificate stays wrong.
    private static boolean isWorthRetrying(Exception failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SSLException || e instanceof UnresolvedAddressException) {
                return false;
            }
        }
        return true;
    }

    private static String rootOf(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void closeQuietly(InputStream opened) {
        try {
            opened.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection of the model endpoint failed", e);
        }
    }
}
