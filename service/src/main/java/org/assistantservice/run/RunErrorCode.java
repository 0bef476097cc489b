package org.assistantservice.run;

/// Why a request about a run was refused, and who can mend it.
public enum RunErrorCode {
    THREAD_NOT_FOUND(Fault.CALLER),
    ASSISTANT_NOT_FOUND(Fault.CALLER),
    RUN_NOT_FOUND(Fault.CALLER),
    RUN_NOT_CANCELLABLE(Fault.CALLER),
    IDEMPOTENCY_KEY_REUSED(Fault.CALLER),
    INVALID_CURSOR(Fault.CALLER),
    CURSOR_EXPIRED(Fault.CALLER),
    /// More messages wait on this thread than may.
    THREAD_BUSY(Fault.LIMIT),
    TOO_MANY_RUNS(Fault.LIMIT),
    TOO_MANY_READERS(Fault.LIMIT),
    /// Its pack is missing or quarantined.
    ASSISTANT_UNAVAILABLE(Fault.SERVICE),
    SHUTTING_DOWN(Fault.SERVICE),
    OVERLOADED(Fault.SERVICE),
    STORE_UNAVAILABLE(Fault.SERVICE),
    INTERNAL(Fault.SERVICE);

    private final Fault fault;

    RunErrorCode(Fault fault) {
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    public enum Fault {
        CALLER,
        LIMIT,
        UPSTREAM,
        SERVICE
    }
}
