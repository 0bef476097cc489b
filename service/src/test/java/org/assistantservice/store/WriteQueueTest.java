package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.assertj.core.util.Throwables;
import org.assistantservice.thread.StoreUnavailableException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteQueueTest {
    @TempDir private Path directory;
    private final AtomicInteger failingCommits = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private SqliteFile file = new SqliteFile(Path.of("."));
    private List<WriteQueue> queues = new ArrayList<>();

    @BeforeEach
    void prepare() {
        file = new SqliteFile(directory);
        file.prepare();
    }

    @AfterEach
    void close() {
        queues.forEach(WriteQueue::close);
    }

    private WriteQueue queue(Supplier<Handle> opener, Duration patience) {
        var queue = new WriteQueue(opener, new DeltaLog(Duration.ofMillis(250)), patience);
        queues.add(queue);
        queue.start();
        return queue;
    }

    private WriteQueue queue() {
        return queue(file::openDurable, SqliteStores.PATIENCE);
    }

    private static boolean insert(Handle handle, String id) {
        handle.execute("INSERT INTO assistants VALUES ('t', ?, 'v1', '{}')", id);
        return true;
    }

    private List<String> ids() {
        try (Handle handle = file.openForReading()) {
            return handle.createQuery("SELECT id FROM assistants ORDER BY id")
                    .map((row, _) -> row.getString(1))
                    .list();
        }
    }

    @Test
    void whoWaitsAtTheSameTimeSharesACommit() throws Exception {
        WriteQueue queue = queue();
        CountDownLatch everybodyWaits = new CountDownLatch(1);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        tasks.add(() ->
                queue.write(handle -> {
                    await(everybodyWaits);
                    return insert(handle, "first");
                }));
        for (int i = 0; i < 100; i++) {
            String id = "id-" + i;
            tasks.add(() -> {
                everybodyWaits.countDown();
                return queue.write(handle -> insert(handle, id));
            });
        }

        StoreContract.together(tasks);

        assertThat(ids()).hasSize(101);
        assertThat(queue.commits()).isLessThan(50);
    }

    @Test
    void readingCountsAsNoCommit() {
        WriteQueue queue = queue();
        queue.write(handle -> insert(handle, "a"));

        queue.write(handle -> handle.createQuery("SELECT 1").map((row, _) -> row.getInt(1)).one());

        assertThat(queue.commits()).isEqualTo(1);
    }

    @Test
    void whatFailsIsUndoneAloneAndToldToItsCaller() throws Exception {
        WriteQueue queue = queue();
        CountDownLatch everybodyWaits = new CountDownLatch(1);
        Callable<String> blocker =
                () ->
                        queue.write(handle -> {
                            await(everybodyWaits);
                            insert(handle, "before");
                            return "";
                        });
        Callable<String> failing =
                () -> {
                    everybodyWaits.countDown();
                    try {
                        return queue.write(handle -> {
                            insert(handle, "undone");
                            throw new IllegalStateException("no");
                        });
                    } catch (IllegalStateException e) {
                        return "told: " + e.getMessage();
                    }
                };
        Callable<String> after =
                () -> {
                    queue.write(handle -> insert(handle, "kept"));
                    return "";
                };

        List<String> told = StoreContract.together(List.of(blocker, failing, after));

        assertThat(told).containsExactly("", "told: no", "");
        assertThat(ids()).containsExactly("before", "kept");
    }

    @Test
    void aFailedCommitIsAnUnknownOutcomeAndTheConnectionIsGivenUp() {
        WriteQueue queue = queue(this::openWithFailingCommits, SqliteStores.PATIENCE);
        failingCommits.set(1);

        assertThatThrownBy(() -> queue.write(handle -> insert(handle, "lost")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("The store failed: disk I/O error");
        assertThat(queue.problem()).contains("disk I/O error");

        queue.write(handle -> insert(handle, "next"));
        assertThat(queue.problem()).isEmpty();
        assertThat(opened).hasValue(2);
        assertThat(ids()).containsExactly("next");
    }

    private Handle openWithFailingCommits() {
        opened.incrementAndGet();
        Connection real = file.openDurable().getConnection();
        return Jdbi.create(() -> proxy(Connection.class, real, this::statement)).open();
    }

    private Object statement(Object result) {
        return result instanceof Statement statement
                ? proxy(java.sql.PreparedStatement.class, statement, same -> same)
                : result;
    }

    private <T> T proxy(Class<T> type, Object real, UnaryOperator<Object> results) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (arguments != null
                                    && "COMMIT".equals(arguments[0])
                                    && failingCommits.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                                throw new SQLException("disk I/O error", "", 10);
                            }
                            try {
                                return results.apply(method.invoke(real, arguments));
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    @Test
    void aFullDiskStopsWritesUntilThereIsSpaceAgain() {
        AtomicInteger pages = new AtomicInteger(60);
        WriteQueue queue =
                queue(
                        () -> {
                            Handle handle = file.openDurable();
                            handle.createQuery("PRAGMA max_page_count = " + pages)
                                    .map((row, _) -> row.getInt(1))
                                    .one();
                            return handle;
                        },
                        SqliteStores.PATIENCE);
        queue.write(handle -> insert(handle, "before"));
        String big = "x".repeat(1 << 20);

        assertThatThrownBy(() ->
                        queue.write(handle ->
                                handle.execute(
                                        "INSERT INTO assistants VALUES ('t', 'big', 'v', ?)", big)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "The store failed: [SQLITE_FULL] Insertion failed because database is full"
                                + " (database or disk is full)")
                .satisfies(failure ->
                        assertThat(Throwables.getStackTrace(failure)).doesNotContain("xxxx"));
        assertThat(queue.problem()).isPresent();
        assertThat(ids()).containsExactly("before");

        pages.set(1_000_000);
        queue.write(handle -> insert(handle, "small"));
        assertThat(queue.problem()).isEmpty();
        assertThat(ids()).containsExactly("before", "small");
    }

    @Test
    void aCallerThatWaitsTooLongIsToldThatNothingWasStored() throws Exception {
        WriteQueue queue = queue(file::openDurable, Duration.ofMillis(50));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Callable<String> slow =
                () ->
                        late(() ->
                                queue.write(handle -> {
                                    begun.countDown();
                                    await(release);
                                    return insert(handle, "slow");
                                }));
        Callable<String> waiting =
                () -> {
                    await(begun);
                    String told = late(() -> queue.write(handle -> insert(handle, "never")));
                    release.countDown();
                    return told;
                };

        List<String> told = StoreContract.together(List.of(slow, waiting));

        assertThat(told)
                .containsExactly(
                        "The store did not answer within 50 ms; the outcome is not known",
                        "The store did not answer within 50 ms; nothing was stored");
        queue.close();
        assertThat(ids()).containsExactly("slow");
    }

    private static String late(Supplier<Boolean> write) {
        try {
            return "stored " + write.get();
        } catch (StoreUnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aClosedStoreRefusesWrites() {
        WriteQueue queue = queue();
        queue.write(handle -> insert(handle, "a"));
        queue.close();

        assertThatThrownBy(() -> queue.write(handle -> insert(handle, "b")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("The store is closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
