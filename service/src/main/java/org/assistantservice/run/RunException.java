package org.assistantservice.run;

import java.time.Duration;
import org.assistantservice.identity.RunId;
import org.jspecify.annotations.Nullable;

/// A request about a run that is refused. The message is for the caller: ids and limits, no
/// secrets.
public final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RunErrorCode code;
    private final @Nullable Duration retryAfter;

    public RunException(RunErrorCode code, String message) {
        this(code, message, null);
    }

    public RunException(RunErrorCode code, String message, @Nullable Duration retryAfter) {
        super(message);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    static RunException noSuchRun(RunId id) {
        return new RunException(
                RunErrorCode.RUN_NOT_FOUND, "No run found with id '%s'.".formatted(id));
    }

    public RunErrorCode code() {
        return code;
    }

    /// When trying again makes sense, or null.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
