package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assistantservice.thread.StoreUnavailableException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a reaction to a commit runs, and when it does not.
final class PendingWriteTest {
    private static final Duration SOON = Duration.ofMillis(50);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicReference<String> reactedOn = new AtomicReference<>("");
    private WriteQueue queue = queue(SqliteStores.PATIENCE);
    @TempDir private Path directory;

    @BeforeEach
    void open() {
        new SqliteFile(directory).prepare();
    }

    @AfterEach
    void close() {
        held.countDown();
        queue.close();
    }

    @Test
    void itRunsOnAThreadOfItsOwnOnceTheTransactionIsOnDisk() {
        queue.start();
        PendingWrite<Boolean> write = queue.begin(this::insertWhenLet);
        write.whenStored(this::react);
        assertThat(reactedOn).hasValue("");

        held.countDown();

        await().untilAtomic(reactedOn, text -> assertThat(text).startsWith("VirtualThread"));
        assertThat(write.result()).isTrue();
    }

    @Test
    void itRunsAtOnceIfTheTransactionIsOnDiskAlready() {
        queue.start();
        held.countDown();
        PendingWrite<Boolean> write = queue.begin(this::insertWhenLet);
        write.await();

        write.whenStored(this::react);

        await().untilAtomic(reactedOn, text -> assertThat(text).isNotEmpty());
    }

    @Test
    void itDoesNotRunIfTheWorkIsRefused() {
        queue.start();
        PendingWrite<Boolean> write =
                queue.begin(_ -> {
                    throw new IllegalStateException("no");
                });
        write.whenStored(this::react);

        assertThatThrownBy(write::await).isInstanceOf(IllegalStateException.class).hasMessage("no");
        // Whatever was to run by now has: transactions are made in order.
        queue.write(_ -> true);
        assertThat(reactedOn).hasValue("");
    }

    @Test
    void itDoesNotRunForAWriteThatWasGivenUp() throws Exception {
        queue = queue(SOON);
        queue.start();
        queue.begin(this::waitUntilLet);
        begun.await();
        PendingWrite<Boolean> write = queue.begin(_ -> true);
        write.whenStored(this::react);

        assertThatThrownBy(write::await)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageEndingWith("nothing was stored");
        held.countDown();
        queue.close();
        assertThat(reactedOn).hasValue("");
    }

    private void react() {
        reactedOn.set(Thread.currentThread().toString());
    }

    private WriteQueue queue(Duration patience) {
        Supplier<Handle> opener = () -> new SqliteFile(directory).openDurable();
        return new WriteQueue(opener, new DeltaLog(Duration.ofMillis(250)), patience);
    }

    private boolean waitUntilLet(Handle handle) {
        begun.countDown();
        try {
            held.await();
            return handle.isClosed();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean insertWhenLet(Handle handle) {
        waitUntilLet(handle);
        handle.execute("INSERT INTO assistants VALUES ('t', 'a', 'v1', '{}')");
        return true;
    }
}
