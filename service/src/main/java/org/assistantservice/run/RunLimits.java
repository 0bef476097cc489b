package org.assistantservice.run;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Bounds of runs; configured under `assistant-service.run`.
///
/// @param deadline how long a run may take from acceptance to its end
/// @param maxRounds rounds of actions before a run fails
/// @param maxCallsPerRound calls of one round that are run; more are refused to the model
/// @param maxQueuedPerThread messages that may wait on one thread
/// @param maxActive runs under way in this process before new ones are refused with 503
/// @param maxActivePerPrincipal the same for one caller, refused with 429
/// @param historyWindow messages of the thread that the model sees at most
/// @param historyTokens tokens that those messages have together at most, by estimate
/// @param maxReadersPerRun readers that may follow one run
/// @param maxAttempts how often a run is taken up again after its owner vanished
/// @param lease how long a run belongs to its owner without a sign of life
/// @param deltaFlushInterval how often a run's streamed text is written to the event log
/// @param eventRetention how long events are kept after a run's end
/// @param restartGrace how long a run taken up again counts as having a reader
@ConfigurationProperties("assistant-service.run")
public record RunLimits(
        @Bindable(defaultValue = "10m") Duration deadline,
        @Bindable(defaultValue = "25") @Min(1) int maxRounds,
        @Bindable(defaultValue = "16") @Min(1) int maxCallsPerRound,
        @Bindable(defaultValue = "4") @Min(0) int maxQueuedPerThread,
        @Bindable(defaultValue = "2000") @Min(1) int maxActive,
        @Bindable(defaultValue = "1000") @Min(1) int maxActivePerPrincipal,
        @Bindable(defaultValue = "100") @Min(1) int historyWindow,
        @Bindable(defaultValue = "50000") @Min(1) int historyTokens,
        @Bindable(defaultValue = "10") @Min(1) int maxReadersPerRun,
        @Bindable(defaultValue = "3") @Min(1) int maxAttempts,
        @Bindable(defaultValue = "15s") Duration lease,
        @Bindable(defaultValue = "1s") Duration deltaFlushInterval,
        @Bindable(defaultValue = "24h") Duration eventRetention,
        @Bindable(defaultValue = "5s") Duration restartGrace) {

    /// The limits that hold where nothing is configured.
    public static RunLimits defaults() {
        return new RunLimits(
                Duration.ofMinutes(10),
                25,
                16,
                4,
                2000,
                1000,
                100,
                50_000,
                10,
                3,
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                Duration.ofSeconds(5));
    }
}
