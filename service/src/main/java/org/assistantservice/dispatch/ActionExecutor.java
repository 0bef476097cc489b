package org.assistantservice.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.assistantservice.identity.CorrelationId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls actions. What an action throws, returns or never finishes becomes an [ActionOutcome],
/// never an exception. Thread-safe.
public final class ActionExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);

    private final InstantSource clock;
    private final ActionLimits limits;
    private final ActionFiles files;

    /// Without a place for files: actions may make some, and nobody will see them.
    public ActionExecutor(InstantSource clock, ActionLimits limits) {
        this(clock, limits, ActionFiles.FORGETTING);
    }

    /// @param clock tells how much of a run's time is left; calls themselves are timed by the
    ///   monotonic clock
    public ActionExecutor(InstantSource clock, ActionLimits limits, ActionFiles files) {
        this.clock = clock;
        this.limits = limits;
        this.files = files;
    }

    /// Whether a call may run: the name is known to the assistant, its pack is there and not
    /// quarantined, and the arguments fit its schema. Runs no code of the author.
    ///
    /// @param ref what the call's name means to the assistant, or null if nothing
    public Check check(
            ActionCatalog catalog, @Nullable ActionRef ref, ActionCall call, CorrelationId id) {
        FailureTexts texts = new FailureTexts(call.name(), id);
        Optional<ActionInvoker> found = ref == null ? Optional.empty() : catalog.find(ref);
        if (found.isEmpty()) {
            return new Refused(texts.notAvailable());
        }
        ActionInvoker invoker = found.get();
        if (invoker.pool().isQuarantined()) {
            return new Refused(texts.quarantined(invoker.pool()));
        }
        if (CappedText.isLongerThan(call.argumentsJson(), limits.maxArgumentBytes())) {
            return new Refused(texts.argumentsTooLarge(limits.maxArgumentBytes()));
        }
        return switch (invoker.check(call.argumentsJson())) {
            case ArgumentCheck.Valid(var arguments) -> new Ready(invoker, arguments);
            case ArgumentCheck.NotJson(var reason) -> new Refused(texts.notJson(reason));
            case ArgumentCheck.Missing(var names) -> new Refused(texts.missing(names));
            case ArgumentCheck.Invalid(var reason) -> new Refused(texts.invalid(reason));
        };
    }

    /// Runs a checked call on the pack's threads and waits for it: at most its timeout, the run's
    /// deadline, or until cancelled. The wait for a free thread counts.
    ///
    /// @throws InterruptedException if the waiting thread was interrupted; the call is given up
    ///   then
    public ActionOutcome execute(Ready call, CallContext context) throws InterruptedException {
        ActionPool pool = call.invoker().pool();
        FailureTexts texts =
                new FailureTexts(
                        call.invoker().definition().ref().action(), context.correlationId());
        if (pool.isQuarantined()) {
            return texts.quarantined(pool);
        }
        Duration limit = limitOf(call.invoker().definition(), context);
        if (context.cancel().isCancelled()) {
            return texts.cancelled();
        }
        if (limit.isZero()) {
            return texts.timedOut(limit);
        }
        CancelToken stop = new CancelToken();
        CallContext inner = context.within(clock.instant().plus(limit), stop, files);
        PoolCall started;
        try {
            started = pool.submit(new LoggedCall(call, inner));
        } catch (RejectedExecutionException e) {
            LOG.warn("Pack {} takes no more calls", pool.pack(), e);
            return texts.overloaded(pool);
        }
        return outcome(started, pool, texts, new Wait(limit, context, stop));
    }

    private ActionOutcome outcome(PoolCall call, ActionPool pool, FailureTexts texts, Wait wait)
            throws InterruptedException {
        boolean inTime = wait.forEnd(call);
        return switch (call.state()) {
            case SUCCESS -> succeeded(call.resultNow(), texts);
            case FAILED -> failed(call.exceptionNow(), texts);
            case CANCELLED, RUNNING -> {
                call.awaitLeaving();
                yield inTime && clock.instant().isBefore(wait.context().deadline())
                        ? texts.cancelled()
                        : outOfTime(call, pool, texts, wait.limit());
            }
        };
    }

    private static ActionOutcome outOfTime(
            PoolCall call, ActionPool pool, FailureTexts texts, Duration limit) {
        LOG.warn("{} of pack {} was out of time", texts.name(), pool.pack());
        return call.giveUp() ? texts.timedOut(limit) : texts.overloaded(pool);
    }

    private ActionOutcome succeeded(String result, FailureTexts texts) {
        return CappedText.isLongerThan(result, limits.maxResultBytes())
                ? texts.resultTooLarge(limits.maxResultBytes())
                : new ActionOutcome.Succeeded(CappedText.storable(result));
    }

    private static ActionOutcome failed(Throwable thrown, FailureTexts texts) {
        if (thrown instanceof ActionFailedException refusal && refusal.getCause() == null) {
            LOG.debug("{} refused a call", texts.name(), refusal);
            return texts.threw(String.valueOf(refusal.getMessage()));
        }
        ActionFailedException failure =
                thrown instanceof ActionFailedException known
                        ? known
                        : ActionFailedException.ofClass(thrown);
        LOG.warn("{} failed", texts.name(), failure);
        return texts.threw(String.valueOf(failure.getMessage()));
    }

    private Duration limitOf(ActionDefinition definition, CallContext context) {
        Instant now = clock.instant();
        Duration ofRun = Duration.between(now, context.deadline());
        Duration limit = definition.timeout().compareTo(ofRun) < 0 ? definition.timeout() : ofRun;
        return limit.isNegative() ? Duration.ZERO : limit;
    }

    /// What [#check] found.
    public sealed interface Check permits Ready, Refused {}

    /// The call may run.
    ///
    /// @param argumentsJson checked arguments
    public record Ready(ActionInvoker invoker, String argumentsJson) implements Check {}

    /// The call may not run.
    ///
    /// @param outcome what the model is told instead
    public record Refused(ActionOutcome.Failed outcome) implements Check {}

    /// How long to wait for a call, and what ends the wait early.
    ///
    /// @param stop tells the action that its result is not wanted any more
    private record Wait(Duration limit, CallContext context, CancelToken stop) {
        /// @return false if the limit passed before the call ended
        boolean forEnd(PoolCall call) throws InterruptedException {
            Runnable unhook = context.cancel().onCancel(() -> giveUp(call));
            try {
                boolean inTime = call.await(limit);
                if (!inTime) {
                    giveUp(call);
                }
                return inTime;
            } catch (InterruptedException e) {
                giveUp(call);
                throw e;
            } finally {
                unhook.run();
            }
        }

        /// The token first, so that an action that is interrupted can ask why.
        private void giveUp(PoolCall call) {
            try {
                stop.cancel();
            } finally {
                call.giveUp();
            }
        }
    }
}
