package org.assistantservice.run;

import java.time.Duration;

/// The limits that tests vary; the others are the defaults.
record TestLimits(
        Duration deadline,
        int maxCallsPerRound,
        int maxActive,
        int maxActivePerPrincipal,
        int maxReaders,
        int maxAttempts) {
    static final TestLimits STANDARD =
            new TestLimits(Duration.ofMinutes(10), 16, 2000, 1000, 10, 3);

    TestLimits withDeadline(Duration time) {
        return new TestLimits(
                time, maxCallsPerRound, maxActive, maxActivePerPrincipal, maxReaders, maxAttempts);
    }

    TestLimits withMaxCallsPerRound(int calls) {
        return new TestLimits(
                deadline, calls, maxActive, maxActivePerPrincipal, maxReaders, maxAttempts);
    }

    TestLimits withMaxActive(int runs) {
        return new TestLimits(
                deadline, maxCallsPerRound, runs, maxActivePerPrincipal, maxReaders, maxAttempts);
    }

    TestLimits withMaxActivePerPrincipal(int runs) {
        return new TestLimits(deadline, maxCallsPerRound, maxActive, runs, maxReaders, maxAttempts);
    }

    TestLimits withMaxReaders(int readers) {
        return new TestLimits(
                deadline, maxCallsPerRound, maxActive, maxActivePerPrincipal, readers, maxAttempts);
    }

    TestLimits withMaxAttempts(int attempts) {
        return new TestLimits(
                deadline, maxCallsPerRound, maxActive, maxActivePerPrincipal, maxReaders, attempts);
    }

    RunLimits limits() {
        RunLimits usual = RunLimits.defaults();
        return new RunLimits(
                deadline,
                usual.maxRounds(),
                maxCallsPerRound,
                usual.maxQueuedPerThread(),
                maxActive,
                maxActivePerPrincipal,
                usual.historyWindow(),
                usual.historyTokens(),
                maxReaders,
                maxAttempts,
                usual.lease(),
                Duration.ofMillis(20),
                usual.eventRetention(),
                usual.restartGrace());
    }
}
