package org.assistantservice.run;

/// Ends the loop of a run that was told to stop.
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final StopReason reason;

    StoppedException(StopReason reason) {
        super(reason.name());
        this.reason = reason;
    }

    StopReason reason() {
        return reason;
    }
}
