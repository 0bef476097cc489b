package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.AUTH;
import static org.assistantservice.model.ModelException.Fault.PROTOCOL;
import static org.assistantservice.model.ModelException.Fault.RATE_LIMITED;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.jspecify.annotations.Nullable;

/// What stands between calls and the endpoint: a bulkhead for attempts under way, a breaker over
/// whole calls, and the rules of retrying. Thread-safe.
final class UpstreamGuard {
    private static final String NAME = "model";
    private static final long DECLINED = -1;
    private static final int TRIAL_CALLS = 5;

    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final RetryBudget budget;
    private final OperatorAlert alert = new OperatorAlert(System::nanoTime);
    private final OpenAiResilience settings;
    private final String host;

    UpstreamGuard(OpenAiResilience settings, OpenAiSettings endpoint) {
        this.settings = settings;
        host = endpoint.endpoint().getHost();
        budget = new RetryBudget(settings, System::nanoTime);
        bulkhead =
                Bulkhead.of(
                        NAME,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(settings.maxConcurrentCalls())
                                .maxWaitDuration(Duration.ZERO)
                                .build());
        breaker =
                CircuitBreaker.of(
                        NAME,
                        CircuitBreakerConfig.custom()
                                .failureRateThreshold(settings.breakerFailurePercent())
                                .minimumNumberOfCalls(settings.breakerCalls())
                                .slidingWindowSize(settings.breakerCalls())
                                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                                .waitDurationInOpenState(settings.breakerOpen())
                                // A long answer is not a failing one: the default opens at 60 s.
                                .slowCallDurationThreshold(Duration.ofDays(1))
                                .build());
        retry =
                Retry.of(
                        NAME,
                        RetryConfig.<Object>custom()
                                .maxAttempts(endpoint.attempts())
                                .retryOnException(UpstreamGuard::isWorthRetrying)
                                .intervalBiFunction((n, e) -> waitBefore(n, e.getLeft()))
                                .build());
    }

    /// Lets a call in, or refuses it because the endpoint keeps failing. Every call let in ends
    /// with one of the `…ed` methods.
    void enter() throws ModelException {
        if (!breaker.tryAcquirePermission()) {
            throw new ModelException(
                    UNAVAILABLE,
                    "The model endpoint keeps failing: no calls for " + settings.breakerOpen(),
                    settings.breakerOpen(),
                    null);
        }
        budget.called();
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /// A refusal of the request shows an endpoint that works.
    void failed(long nanos, ModelException failure) {
        if (failure.fault() == AUTH) {
            alert.keyRefused(host);
        }
        if (isOutage(failure.fault())) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /// Nobody knows how the call would have ended.
    void cancelled() {
        breaker.releasePermission();
    }

    /// Takes a place for one attempt, if there is one, to be given back with [#leave]. Nothing is
    /// held between attempts.
    boolean take() {
        return bulkhead.tryAcquirePermission();
    }

    void leave() {
        bulkhead.onComplete();
    }

    /// Whether a server wants more patience than we have.
    boolean isTooLong(@Nullable Duration retryAfter) {
        return retryAfter != null && retryAfter.compareTo(settings.maxRetryAfter()) > 0;
    }

    /// The attempts of one call.
    Attempts attempts() {
        return new Attempts(retry.asyncContext());
    }

    /// Counts the attempts of one call. For one thread.
    static final class Attempts {
        private final Retry.AsyncContext<Object> context;

        private Attempts(Retry.AsyncContext<Object> context) {
            this.context = context;
        }

        /// How long to wait before the next attempt, or null if there must be none.
        @Nullable Duration waitAfter(AttemptFailedException failure) {
            long millis = context.onError(failure);
            return millis < 0 ? null : Duration.ofMillis(millis);
        }

        void succeeded() {
            context.onComplete();
        }
    }

    private static boolean isOutage(Fault fault) {
        return fault == UNAVAILABLE || fault == RATE_LIMITED || fault == PROTOCOL;
    }

    private static boolean isWorthRetrying(Throwable failure) {
        return failure instanceof AttemptFailedException attempt && attempt.worthRetrying();
    }

    private long waitBefore(int retryNumber, Throwable failure) {
        Duration told =
                failure instanceof AttemptFailedException attempt
                        ? attempt.failure().retryAfter()
                        : null;
        if (isTooLong(told) || breaker.getState() == CircuitBreaker.State.OPEN || !budget.take()) {
            return DECLINED;
        }
        long min = settings.backoffMin().toMillis();
        if (told != null) {
            return told.toMillis() + random(0, min);
        }
        long bound = min << Math.min(2 * retryNumber, Long.SIZE / 2);
        return random(min, Math.min(settings.backoffMax().toMillis(), bound));
    }

    private static long random(long from, long to) {
        return to <= from ? from : ThreadLocalRandom.current().nextLong(from, to + 1);
    }
}
