package org.assistantservice.assistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assistantservice.assistant.AssistantStore.Precondition.Absent;
import org.assistantservice.assistant.AssistantStore.Precondition.Unchanged;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;

/// What every [AssistantStore] does.
public abstract class AssistantStoreContract {
    private static final AssistantId ID = new AssistantId("asst_one");
    private static final AssistantId OTHER = new AssistantId("asst_two");

    /// A client of the same empty store at each call within a test.
    protected abstract AssistantStore store();

    /// Puts a document there as a person would, past the service.
    protected abstract void place(String name, byte[] content);

    @Test
    void anEmptyStoreHoldsNothing() {
        assertThat(store().list()).isEmpty();
        assertThat(store().read(ID)).isEmpty();
    }

    @Test
    void whatIsWrittenCanBeRead() {
        String generation = store().write(ID, "{\"a\": \"é🌊\"}", new Absent());

        var stored = new StoredConfig.Content("asst_one", generation, "{\"a\": \"é🌊\"}");
        assertThat(store().read(ID)).contains(stored);
        assertThat(store().list()).containsExactly(stored);
    }

    @Test
    void anUpdateReplacesTheContentAndTheGeneration() {
        AssistantStore store = store();
        String first = store.write(ID, "{\"a\": 1}", new Absent());
        assertThat(store.list()).hasSize(1);

        String second = store.write(ID, "{\"a\": 2}", new Unchanged(first));

        assertThat(second).isNotEqualTo(first);
        assertThat(store.list())
                .containsExactly(new StoredConfig.Content("asst_one", second, "{\"a\": 2}"));
    }

    @Test
    void aWriteThatExpectsAnotherGenerationChangesNothing() {
        AssistantStore store = store();
        String first = store.write(ID, "{\"a\": 1}", new Absent());
        String second = store.write(ID, "{\"a\": 2}", new Unchanged(first));

        assertThatThrownBy(() -> store.write(ID, "{\"a\": 3}", new Unchanged(first)))
                .isInstanceOf(AssistantConflictException.class)
                .hasMessage(
                        "asst_one in %s was changed by somebody else in the meantime",
                        store.location());
        assertThatThrownBy(() -> store.write(ID, "{\"a\": 3}", new Absent()))
                .isInstanceOf(AssistantConflictException.class);

        assertThat(store.read(ID))
                .contains(new StoredConfig.Content("asst_one", second, "{\"a\": 2}"));
    }

    @Test
    void anUpdateOfWhatIsNotThereIsAConflict() {
        assertThatThrownBy(() -> store().write(ID, "{}", new Unchanged("1")))
                .isInstanceOf(AssistantConflictException.class);

        assertThat(store().list()).isEmpty();
    }

    @Test
    void aDeletionNeedsTheRightGeneration() {
        AssistantStore store = store();
        String first = store.write(ID, "{\"a\": 1}", new Absent());
        String second = store.write(ID, "{\"a\": 2}", new Unchanged(first));

        assertThatThrownBy(() -> store.delete(ID, first))
                .isInstanceOf(AssistantConflictException.class);
        assertThat(store.list()).hasSize(1);
        store.delete(ID, second);

        assertThat(store.list()).isEmpty();
        assertThatThrownBy(() -> store.delete(ID, second))
                .isInstanceOf(AssistantConflictException.class);
    }

    @Test
    void ofManyWritersAtOnceOneWins() throws Exception {
        var start = new CountDownLatch(1);
        List<Future<Boolean>> writers;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            writers =
                    IntStream.range(0, 8)
                            .mapToObj(i -> threads.submit(() -> hasWritten(i, start)))
                            .toList();
            start.countDown();
        }

        assertThat(writers.stream().map(Future::resultNow)).containsOnlyOnce(true).hasSize(8);
        assertThat(store().list()).hasSize(1);
    }

    @Test
    void documentsPlacedByHandComeAfterWhatWasWritten() {
        place("an assistant", "{\"hand\": 1}".getBytes(UTF_8));
        store().write(OTHER, "{\"b\": 1}", new Absent());
        store().write(ID, "{\"a\": 1}", new Absent());

        assertThat(store().list())
                .extracting(StoredConfig::name)
                .containsExactly("asst_one", "asst_two", "an assistant");
    }

    @Test
    void aDocumentThatCannotBeReadSaysWhyAndHidesNoOther() {
        place("latin", new byte[] {'"', (byte) 0xE9, '"'});
        place("empty", new byte[0]);
        place("large", new byte[ConfigText.MAX_BYTES + 1]);
        store().write(ID, "{}", new Absent());

        assertThat(store().list())
                .extracting(it ->
                        switch (it) {
                            case StoredConfig.Content(var name, _, var json) -> name + " " + json;
                            case StoredConfig.Unreadable(var name, _, var reason) ->
                                    name + " " + reason;
                        })
                .containsExactlyInAnyOrder(
                        "asst_one {}",
                        "latin is not valid UTF-8",
                        "empty is empty",
                        "large is larger than 1048576 bytes");
    }

    private boolean hasWritten(int writer, CountDownLatch start) throws InterruptedException {
        AssistantStore store = store();
        start.await();
        try {
            store.write(ID, "{\"writer\": %d}".formatted(writer), new Absent());
            return true;
        } catch (AssistantConflictException _) {
            return false;
        }
    }
}
