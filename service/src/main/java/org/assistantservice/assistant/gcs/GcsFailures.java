package org.assistantservice.assistant.gcs;

import com.google.cloud.storage.StorageException;
import org.assistantservice.assistant.AssistantStoreException;

/// Turns what Google's client throws into what an operator can act upon.
final class GcsFailures {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final String bucket;
    private final String server;

    GcsFailures(GcsSettings settings) {
        this.bucket = settings.bucketId();
        this.server = settings.endpoint().isBlank() ? "Google Cloud Storage" : settings.endpoint();
    }

    static boolean isConflict(StorageException failure) {
        return failure.getCode() == PRECONDITION_FAILED;
    }

    static boolean isNotFound(StorageException failure) {
        return failure.getCode() == NOT_FOUND;
    }

    /// @param operation a verb, e.g. `list`
    AssistantStoreException translated(String operation, StorageException failure) {
        return new AssistantStoreException(
                "Cannot %s gs://%s/configs: %s".formatted(operation, bucket, reason(failure)),
                failure);
    }

    private String reason(StorageException failure) {
        return switch (failure.getCode()) {
            case UNAUTHORIZED ->
                    "%s refused the credentials (401); set GOOGLE_APPLICATION_CREDENTIALS or give the"
                                    .formatted(server)
                            + " service an identity";
            case FORBIDDEN ->
                    "no permission (403); give the service's identity the role Storage Object User"
                            + " on the bucket";
            case NOT_FOUND -> "there is no such bucket (404); check BUCKET_ID";
            case 0 -> "%s did not answer (%s)".formatted(server, cause(failure));
            default -> "%s answered %d".formatted(server, failure.getCode());
        };
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }
}
