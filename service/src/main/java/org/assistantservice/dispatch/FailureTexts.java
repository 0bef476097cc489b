package org.assistantservice.dispatch;

import static org.assistantservice.dispatch.ActionOutcome.Reason.CANCELLED;
import static org.assistantservice.dispatch.ActionOutcome.Reason.EXECUTION_FAILED;
import static org.assistantservice.dispatch.ActionOutcome.Reason.INVALID_ARGUMENTS;
import static org.assistantservice.dispatch.ActionOutcome.Reason.INVALID_JSON;
import static org.assistantservice.dispatch.ActionOutcome.Reason.NOT_AVAILABLE;
import static org.assistantservice.dispatch.ActionOutcome.Reason.OVERLOADED;
import static org.assistantservice.dispatch.ActionOutcome.Reason.QUARANTINED;
import static org.assistantservice.dispatch.ActionOutcome.Reason.TIMED_OUT;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.assistantservice.dispatch.ActionOutcome.Failed;
import org.assistantservice.dispatch.ActionOutcome.Reason;
import org.assistantservice.identity.CorrelationId;

/// What the model is told of one call that failed. Clients know these texts: they are contract.
///
/// @param name the name the model used; cut if it is longer than a name can be
record FailureTexts(String name, CorrelationId id) {
    private static final int MAX_NAME = 128;
    private static final int BYTES_PER_KIB = 1_024;

    FailureTexts {
        name = CappedText.of(name, MAX_NAME);
    }

    Failed notAvailable() {
        return failed(NOT_AVAILABLE, "Error: Function '%s' not available".formatted(name));
    }

    /// The one text without correlation id.
    Failed notJson(String reason) {
        return new Failed(INVALID_JSON, "Error: Invalid JSON arguments: " + reason);
    }

    Failed missing(List<String> names) {
        return invalid("Missing required arguments: " + String.join(", ", names));
    }

    Failed invalid(String reason) {
        return failed(
                INVALID_ARGUMENTS,
                "Error: Invalid arguments for function '%s': %s".formatted(name, reason));
    }

    Failed argumentsTooLarge(int maxBytes) {
        return invalid("the arguments are larger than %s".formatted(size(maxBytes)));
    }

    Failed threw(String reason) {
        return execution(EXECUTION_FAILED, reason);
    }

    Failed resultTooLarge(int maxBytes) {
        return execution(
                EXECUTION_FAILED, "the result is larger than %s".formatted(size(maxBytes)));
    }

    Failed timedOut(Duration after) {
        return execution(TIMED_OUT, "timed out after %s s".formatted(seconds(after)));
    }

    Failed cancelled() {
        return execution(CANCELLED, "cancelled");
    }

    Failed overloaded(ActionPool pool) {
        return execution(
                OVERLOADED,
                "all %d threads of pack '%s' are busy".formatted(pool.size(), pool.pack()));
    }

    Failed quarantined(ActionPool pool) {
        return execution(
                QUARANTINED,
                "pack '%s' is quarantined: %d of its calls did not stop when their time was up"
                        .formatted(pool.pack(), pool.abandoned()));
    }

    private Failed execution(Reason reason, String text) {
        return failed(reason, "Error: Function '%s' execution failed: %s".formatted(name, text));
    }

    private Failed failed(Reason reason, String text) {
        return new Failed(reason, "%s (correlation_id: %s)".formatted(text, id.shortForm()));
    }

    private static String size(int bytes) {
        return bytes % BYTES_PER_KIB == 0 ? bytes / BYTES_PER_KIB + " KiB" : bytes + " bytes";
    }

    /// `30`, `0.5`, to the millisecond.
    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
