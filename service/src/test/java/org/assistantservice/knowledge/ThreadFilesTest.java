package org.assistantservice.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionFiles.MadeFile;
import org.assistantservice.dispatch.AssistantScope;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.dispatch.CancelToken;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadFilesTest {
    private static final Principal ANNA = Principal.ANONYMOUS;

    @TempDir private Path directory;
    private final ThreadId thread = ThreadId.random();
    private final FileFolder folder = FileFolder.of(ANNA, thread);
    private EmbeddedStore store;
    private FileStore files;
    private ThreadStore threads;

    @BeforeEach
    void open() {
        store =
                EmbeddedStore.open(
                        new StoreSettings(directory, "", false), null, InstantSource.system());
        files =
                new FileStore(
                        store.records(),
                        new FileSettings(directory.resolve("files"), 10, 3, 20),
                        InstantSource.system());
        threads = new ThreadsWithFiles(store.threads(), files);
        threads.create(new ChatThread(thread, ANNA, AssistantId.random(), Instant.EPOCH, Map.of()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aCallThatIsRunAgainKeepsItsFilesOnce() throws Exception {
        ThreadFiles kept = new ThreadFiles(files, threads);
        CallContext call = call();

        String first = kept.keep(call, image(0));
        String second = kept.keep(call, image(1));

        assertThat(kept.keep(call, image(0))).isEqualTo(first).isNotEqualTo(second);
        assertThat(files.list(folder)).hasSize(2);
    }

    @Test
    void filesGoWithTheirThread() throws Exception {
        new ThreadFiles(files, threads).keep(call(), image(0));

        assertThat(threads.delete(ANNA, thread)).isTrue();

        assertThat(files.list(folder)).isEmpty();
        assertThat(directory.resolve("files/default/" + thread)).doesNotExist();
    }

    @Test
    void anotherPrincipalDeletesNothing() throws Exception {
        new ThreadFiles(files, threads).keep(call(), image(0));

        assertThat(threads.delete(new Principal(ANNA.tenant(), "ben"), thread)).isFalse();

        assertThat(files.list(folder)).hasSize(1);
    }

    @Test
    void nothingIsKeptForAThreadThatIsGone() {
        threads.delete(ANNA, thread);

        assertThatThrownBy(() -> new ThreadFiles(files, threads).keep(call(), image(0)))
                .isInstanceOf(ActionFailedException.class)
                .hasMessage("the file cannot be kept: the conversation was deleted");

        assertThat(files.list(folder)).isEmpty();
        assertThat(directory.resolve("files/default/" + thread)).doesNotExist();
    }

    private static MadeFile image(int place) {
        return new MadeFile(place, "a.png", "image/png", new byte[3]);
    }

    private CallContext call() {
        return new CallContext(
                RunId.random(),
                thread,
                new CallId("call_1"),
                CorrelationId.random(),
                ANNA,
                "run_1/step_1/0",
                Instant.now().plus(Duration.ofMinutes(1)),
                new AssistantScope("asst_1", "v1", "{}"),
                new CancelToken(),
                _ -> {});
    }
}
