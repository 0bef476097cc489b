package org.assistantservice.run;

/// Another owner has the run, or it is over. Whoever gets this stops at once and drops all work.
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FencedException(RunJournal.Lease lease) {
        super("%s is no longer held in epoch %d".formatted(lease.runId(), lease.epoch()));
    }
}
