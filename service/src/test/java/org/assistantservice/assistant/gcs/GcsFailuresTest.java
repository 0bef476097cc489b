package org.assistantservice.assistant.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.assistantservice.assistant.AssistantConflictException;
import org.assistantservice.assistant.AssistantStore.Precondition.Absent;
import org.assistantservice.assistant.AssistantStoreException;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcsFailuresTest {
    private static final AssistantId ID = new AssistantId("asst_one");

    private final Storage client = mock(Storage.class);
    private final GcsAssistantStore store =
            new GcsAssistantStore(
                    client,
                    new GcsSettings(
                            "project",
                            "bucket",
                            "",
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            1));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Google Cloud Storage refused the credentials (401); set"
                        + " GOOGLE_APPLICATION_CREDENTIALS or give the service an identity",
                "403 | no permission (403); give the service's identity the role Storage Object"
                        + " User on the bucket",
                "404 | there is no such bucket (404); check BUCKET_ID",
                "429 | Google Cloud Storage answered 429",
                "503 | Google Cloud Storage answered 503",
            })
    void whatTheClientThrowsTellsTheOperatorWhatToDo(int status, String reason) {
        var failure = new StorageException(status, "secret text");
        when(client.list(anyString(), any(BlobListOption[].class))).thenThrow(failure);
        when(client.get(any(BlobId.class), any(BlobGetOption[].class))).thenThrow(failure);
        when(client.create(any(BlobInfo.class), any(byte[].class), any(BlobTargetOption[].class)))
                .thenThrow(failure);
        when(client.delete(any(BlobId.class), any(BlobSourceOption[].class))).thenThrow(failure);

        assertThatThrownBy(store::list).hasMessage("Cannot list gs://bucket/configs: " + reason);
        assertThatThrownBy(() -> store.read(ID))
                .hasMessage("Cannot read gs://bucket/configs: " + reason);
        assertThatThrownBy(() -> store.write(ID, "{}", new Absent()))
                .hasMessage("Cannot write gs://bucket/configs: " + reason);
        assertThatThrownBy(() -> store.delete(ID, "1"))
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage("Cannot delete gs://bucket/configs: " + reason)
                .hasCause(failure);
    }

    @Test
    void aTimeoutNamesItsCause() {
        var failure = new StorageException(new SocketTimeoutException("Read timed out"));
        when(client.list(anyString(), any(BlobListOption[].class))).thenThrow(failure);

        assertThatThrownBy(store::list)
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(
                        "Cannot list gs://bucket/configs: Google Cloud Storage did not answer"
                                + " (SocketTimeoutException)");
    }

    @Test
    void aFailedPreconditionIsAConflict() {
        var failure = new StorageException(412, "conditionNotMet");
        when(client.create(any(BlobInfo.class), any(byte[].class), any(BlobTargetOption[].class)))
                .thenThrow(failure);
        when(client.delete(any(BlobId.class), any(BlobSourceOption[].class))).thenThrow(failure);

        assertThatThrownBy(() -> store.write(ID, "{}", new Absent()))
                .isInstanceOf(AssistantConflictException.class);
        assertThatThrownBy(() -> store.delete(ID, "1"))
                .isInstanceOf(AssistantConflictException.class);
    }

    @Test
    void aClientThatDoesNotCloseIsReported() throws Exception {
        doThrow(new IllegalStateException("busy")).when(client).close();

        assertThatThrownBy(store::close)
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage("The client of gs://bucket/configs did not close");
    }

    @Test
    void googlesLibrariesAreNotNeededToReadTheSettings() {
        assertThat(GcsSettings.class.getRecordComponents())
                .noneMatch(it -> it.getType().getName().startsWith("com.google"));
    }
}
