package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.RATE_LIMITED;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assistantservice.model.ModelClient.ModelCall;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.openai.http.Exchange;
import org.assistantservice.model.openai.http.Post;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call of the model with its attempts, on a virtual thread of its own, which waits while the
/// event loop of the connection reads an answer and tells the listener. To stop it, the connection
/// is closed, or the wait between two attempts ends.
final class OpenAiCall implements ModelCall {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiCall.class);

    private final Endpoint endpoint;
    private final ModelRequest request;
    private final ModelListener listener;
    private final long start = System.nanoTime();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile String stopReason = "The call was cancelled";
    private volatile @Nullable AttemptWatch watch;

    // Also written on the event loop, before the end of the exchange wakes this thread.
    private boolean settled;

    OpenAiCall(Endpoint endpoint, ModelRequest request, ModelListener listener) {
        this.endpoint = endpoint;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public void cancel() {
        cancelled = true;
        stop(stopReason);
    }

    /// Ends the call as failed, for this reason.
    void stop(String why) {
        stopReason = why;
        stopped.countDown();
        AttemptWatch current = watch;
        if (current != null) {
            current.stop(why);
        }
    }

    /// Makes the call; returns when it has ended and its connection is free.
    void run() {
        try {
            endpoint.guard().enter();
        } catch (ModelException e) {
            if (!cancelled) {
                listener.failed(e);
            }
            return;
        }
        try {
            attemptAll(endpoint.post(request));
        } catch (RuntimeException e) {
            LOG.error("{}: a model call failed within this service", request.correlationId(), e);
            if (!settled) {
                fail(new ModelException(UNAVAILABLE, "The model call failed here", null, e));
            }
        }
    }

    private void attemptAll(Post ready) {
        UpstreamGuard.Attempts attempts = endpoint.guard().attempts();
        Duration wait = Duration.ZERO;
        while (wait != null) {
            if (isStoppedWithin(wait)) {
                fail(new ModelException(UNAVAILABLE, stopReason, null, null));
                return;
            }
            if (!endpoint.guard().take()) {
                shed();
                return;
            }
            try {
                attempt(ready);
                attempts.succeeded();
                return;
            } catch (AttemptFailedException e) {
                wait = attempts.waitAfter(e);
                debug(e.words());
                judge(e.failure(), wait);
            } finally {
                endpoint.guard().leave();
            }
        }
    }

    private void attempt(Post ready) throws AttemptFailedException {
        TurnAssembler assembler = new TurnAssembler(listener, endpoint.limits());
        try (AttemptWatch current = newWatch()) {
            Reply reply = new Reply(current, assembler, endpoint.limits(), this::finish);
            Exchange exchange = endpoint.http().exchange(ready, reply);
            current.stopBy(exchange::abort);
            run(exchange, reply);
            reply.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AttemptFailedException.last(UNAVAILABLE, "The call was interrupted", e);
        }
    }

    private static void run(Exchange exchange, Reply reply) throws InterruptedException {
        try {
            exchange.run();
        } catch (IOException e) {
            reply.broken(e);
        }
    }

    /// On the event loop, so that the turn's end is told without another change of threads.
    private void finish(ModelTurn turn) {
        settled = true;
        endpoint.guard().succeeded(System.nanoTime() - start);
        if (!cancelled) {
            listener.finished(turn);
        }
    }

    private AttemptWatch newWatch() {
        AttemptWatch current = endpoint.watch();
        watch = current;
        if (stopped.getCount() == 0) {
            current.stop(stopReason);
        }
        return current;
    }

    private void judge(ModelException failure, @Nullable Duration wait) {
        if (wait == null) {
            fail(failure);
        } else {
            LOG.info(
                    "{}: the model is {}, next attempt in {} ms",
                    request.correlationId(),
                    failure.fault(),
                    wait.toMillis());
        }
    }

    private void debug(String words) {
        if (!words.isEmpty()) {
            LOG.debug(
                    "{}: the model endpoint said: {}",
                    request.correlationId(),
                    endpoint.withoutKey(words));
        }
    }

    private void fail(ModelException failure) {
        settled = true;
        if (cancelled) {
            endpoint.guard().cancelled();
            return;
        }
        endpoint.guard().failed(System.nanoTime() - start, failure);
        listener.failed(told(failure));
    }

    private void shed() {
        settled = true;
        endpoint.guard().cancelled();
        if (!cancelled) {
            listener.failed(
                    new ModelException(
                            UNAVAILABLE, "Too many calls of the model are under way", null, null));
        }
    }

    /// What the listener may know: no key, and a wait beyond ours as a rate limit.
    private ModelException told(ModelException failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        String clean = endpoint.withoutKey(message);
        Duration retryAfter = failure.retryAfter();
        boolean limited = endpoint.guard().isTooLong(retryAfter);
        if (!limited && clean.equals(message)) {
            return failure;
        }
        return new ModelException(
                limited ? RATE_LIMITED : failure.fault(), clean, retryAfter, null);
    }

    private boolean isStoppedWithin(Duration wait) {
        try {
            return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopReason = "The call was interrupted";
            return true;
        }
    }
}
