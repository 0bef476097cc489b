package org.assistantservice.assistant.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.time.Duration;

/// Opens Google's client with bounds on everything.
final class GcsClient {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private GcsClient() {}

    static Storage open(GcsSettings settings) {
        HttpStorageOptions.Builder options =
                StorageOptions.http()
                        .setProjectId(settings.projectId())
                        .setRetrySettings(retries(settings))
                        .setTransportOptions(
                                HttpTransportOptions.newBuilder()
                                        .setConnectTimeout(
                                                Math.toIntExact(
                                                        settings.connectTimeout().toMillis()))
                                        .setReadTimeout(
                                                Math.toIntExact(settings.readTimeout().toMillis()))
                                        .build());
        if (!settings.endpoint().isBlank()) {
            options.setHost(settings.endpoint().strip().replaceFirst("/+$", ""))
                    .setCredentials(NoCredentials.getInstance());
        }
        return options.build().getService();
    }

    private static RetrySettings retries(GcsSettings settings) {
        return RetrySettings.newBuilder()
                .setMaxAttempts(settings.attempts())
                .setInitialRetryDelayDuration(FIRST_PAUSE)
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(LONGEST_PAUSE)
                .setTotalTimeoutDuration(settings.totalTimeout())
                .setInitialRpcTimeoutDuration(settings.readTimeout())
                .setMaxRpcTimeoutDuration(settings.readTimeout())
                .build();
    }
}
