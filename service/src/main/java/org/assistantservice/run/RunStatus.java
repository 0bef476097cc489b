package org.assistantservice.run;

/// Where a run stands. Waiting: `QUEUED`. Active, at most one per thread: `IN_PROGRESS`,
/// `REQUIRES_ACTION`, `CANCELLING`. The others are terminal.
public enum RunStatus {
    QUEUED,
    IN_PROGRESS,
    REQUIRES_ACTION,
    CANCELLING,
    CANCELLED,
    FAILED,
    COMPLETED,
    INCOMPLETE,
    EXPIRED;

    public boolean isActive() {
        return this == IN_PROGRESS || this == REQUIRES_ACTION || this == CANCELLING;
    }

    public boolean isTerminal() {
        return this != QUEUED && !isActive();
    }
}
