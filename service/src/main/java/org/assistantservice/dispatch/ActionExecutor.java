package org.assistantservice.dispatch;

import org.assistantservice.identity.CorrelationId;
import org.jspecify.annotations.Nullable;

/// Calls actions. What an action throws, returns or never finishes becomes an [ActionOutcome],
/// never an exception. Thread-safe.
public final class ActionExecutor {
    /// Whether a call may run: the name is known to the assistant, its pack is there and not
    /// quarantined, and the arguments fit its schema. Runs no code of the author.
    ///
    /// @param ref what the call's name means to the assistant, or null if nothing
    public Check check(
            ActionCatalog catalog, @Nullable ActionRef ref, ActionCall call, CorrelationId id) {
        throw new UnsupportedOperationException();
    }

    /// Runs a checked call on the pack's threads and waits for it: at most its timeout, the run's
    /// deadline, or until cancelled.
    public ActionOutcome execute(Ready call, CallContext context) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    public sealed interface Check permits Ready, Refused {}

    /// @param argumentsJson checked arguments
    public record Ready(ActionInvoker invoker, String argumentsJson) implements Check {}

    /// @param outcome what the model is told instead
    public record Refused(ActionOutcome.Failed outcome) implements Check {}
}
