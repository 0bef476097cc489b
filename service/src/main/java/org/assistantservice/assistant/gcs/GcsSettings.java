package org.assistantservice.assistant.gcs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Which bucket holds the assistant configurations, and how long to wait for it.
///
/// @param projectId Google Cloud project that requests are billed to
/// @param bucketId name of the bucket
/// @param endpoint address of another server with the same API, e.g. `http://localhost:4443`, which
///   is asked without credentials; empty for Google's
/// @param connectTimeout of one connection
/// @param readTimeout without a byte of an answer
/// @param totalTimeout of one operation with all its attempts
/// @param attempts how often a failed operation is tried, at least once
@ConfigurationProperties("assistant-service.gcs")
public record GcsSettings(
        @Bindable(defaultValue = "test-project") String projectId,
        @Bindable(defaultValue = "test-bucket") String bucketId,
        @Bindable(defaultValue = "") String endpoint,
        @Bindable(defaultValue = "3s") Duration connectTimeout,
        @Bindable(defaultValue = "5s") Duration readTimeout,
        @Bindable(defaultValue = "15s") Duration totalTimeout,
        @Bindable(defaultValue = "3") @Min(1) @Max(10) int attempts) {}
