package org.assistantservice.assistant.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.assistantservice.assistant.AssistantConflictException;
import org.assistantservice.assistant.AssistantStore;
import org.assistantservice.assistant.AssistantStore.Precondition.Absent;
import org.assistantservice.assistant.AssistantStore.Precondition.Unchanged;
import org.assistantservice.assistant.AssistantStoreContract;
import org.assistantservice.assistant.AssistantStoreException;
import org.assistantservice.assistant.StoredConfig;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GcsAssistantStoreTest extends AssistantStoreContract {
    private static final AssistantId ID = new AssistantId("asst_one");

    private FakeGcs server;

    @BeforeEach
    void open() throws IOException {
        server = new FakeGcs();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected AssistantStore store() {
        return store(server.endpoint());
    }

    @Override
    protected void place(String name, byte[] content) {
        server.place("configs/" + name, content);
    }

    @Test
    void itSaysWhereItIs() {
        assertThat(store().location()).isEqualTo("gs://bucket/configs");
    }

    @Test
    void allPagesOfAListAreRead() {
        for (int i = 0; i < 7; i++) {
            place("asst_" + i, "{}".getBytes(UTF_8));
        }

        assertThat(store().list())
                .extracting(StoredConfig::name)
                .containsExactly(
                        "asst_0", "asst_1", "asst_2", "asst_3", "asst_4", "asst_5", "asst_6");
    }

    @Test
    void anObjectIsDownloadedOnceForEachGeneration() {
        AssistantStore store = store();
        String generation = store.write(ID, "{\"a\": 1}", new Absent());
        store.list();
        store.list();
        store.read(ID);
        assertThat(server.downloads).hasValue(1);

        store.write(ID, "{\"a\": 2}", new Unchanged(generation));
        store.list();

        assertThat(server.downloads).hasValue(2);
    }

    @Test
    void theLastResortIsReadOnlyWhenThereIsNothingElse() {
        AssistantStore store = store();
        place("assistant", "{\"old\": 1}".getBytes(UTF_8));
        assertThat(store.list()).extracting(StoredConfig::name).containsExactly("assistant");

        place("my-client", "{\"client\": 1}".getBytes(UTF_8));

        assertThat(store.list()).extracting(StoredConfig::name).containsExactly("my-client");
    }

    @Test
    void objectsElsewhereInTheBucketAreNotRead() {
        server.place("other/asst_x", "{}".getBytes(UTF_8));
        server.place("configs/old/asst_y", "{}".getBytes(UTF_8));
        server.place("configs/", new byte[0]);
        place("asst_one", "{}".getBytes(UTF_8));

        assertThat(store().list()).extracting(StoredConfig::name).containsExactly("asst_one");
    }

    @Test
    void aPassingFaultIsRetried() {
        server.fail(503, 500);

        String generation = store().write(ID, "{}", new Absent());

        assertThat(store().read(ID))
                .contains(new StoredConfig.Content("asst_one", generation, "{}"));
    }

    @Test
    void aLastingFaultEndsAfterTheLastAttempt() {
        server.fail(503, 503, 503, 503);

        assertThatThrownBy(() -> store().list())
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage("Cannot list gs://bucket/configs: %s answered 503", server.endpoint());
        assertThat(server.requests).hasValue(3);
    }

    @Test
    void aRefusalIsNotRetriedAndRepeatsNoTextOfTheServer() {
        server.fail(403);

        assertThatThrownBy(() -> store().write(ID, "{}", new Absent()))
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(
                        "Cannot write gs://bucket/configs: no permission (403); give the service's"
                                + " identity the role Storage Object User on the bucket");
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void aServerThatIsNotThereIsAClearError() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String nowhere = "http://127.0.0.1:" + port;

        assertThatThrownBy(() -> store(nowhere).list())
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(
                        "Cannot list gs://bucket/configs: %s did not answer (ConnectException)",
                        nowhere);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String endpoint = "http://127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> store(endpoint).read(ID))
                    .isInstanceOf(AssistantStoreException.class)
                    .hasMessage(
                            "Cannot read gs://bucket/configs: %s did not answer"
                                    + " (SocketTimeoutException)",
                            endpoint);
        }
    }

    @Test
    void aConflictNamesTheAssistant() {
        store().write(ID, "{}", new Absent());

        assertThatThrownBy(() -> store().write(ID, "{}", new Unchanged("1")))
                .isInstanceOf(AssistantConflictException.class)
                .hasMessage(
                        "asst_one in gs://bucket/configs was changed by somebody else in the"
                                + " meantime");
    }

    private static GcsAssistantStore store(String endpoint) {
        return GcsAssistantStore.open(
                new GcsSettings(
                        "project",
                        FakeGcs.BUCKET,
                        endpoint,
                        Duration.ofMillis(500),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(5),
                        3));
    }
}
