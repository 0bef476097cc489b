package org.assistantservice.model.openai;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Retries, breaker and bulkhead of the model endpoint; configured under
/// `assistant-service.model.resilience`.
///
/// @param backoffMin shortest wait before a retry; the wait is random between it and a bound that
///   grows fourfold with each retry
/// @param backoffMax the bound's own bound
/// @param maxRetryAfter longest `Retry-After` that is waited for; beyond it the call fails at once
/// @param retryBudgetPercent retries per 100 calls of the same minute
/// @param retryBudgetPerMinute retries that are always allowed in a minute
/// @param breakerFailurePercent failures that open the breaker
/// @param breakerCalls how many last calls the breaker looks at; it opens only when it has seen
///   them
/// @param breakerOpen how long it stays open before it lets calls through on trial
/// @param maxConcurrentCalls attempts under way at once
@ConfigurationProperties("assistant-service.model.resilience")
public record OpenAiResilience(
        @Bindable(defaultValue = "500ms") Duration backoffMin,
        @Bindable(defaultValue = "8s") Duration backoffMax,
        @Bindable(defaultValue = "30s") Duration maxRetryAfter,
        @Bindable(defaultValue = "10") @Min(0) int retryBudgetPercent,
        @Bindable(defaultValue = "10") @Min(0) int retryBudgetPerMinute,
        @Bindable(defaultValue = "50") @Min(1) @Max(100) int breakerFailurePercent,
        @Bindable(defaultValue = "20") @Min(1) int breakerCalls,
        @Bindable(defaultValue = "10s") Duration breakerOpen,
        @Bindable(defaultValue = "2000") @Min(1) int maxConcurrentCalls) {

    public static final OpenAiResilience DEFAULT =
            new OpenAiResilience(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(30),
                    10,
                    10,
                    50,
                    20,
                    Duration.ofSeconds(10),
                    2_000);
}
