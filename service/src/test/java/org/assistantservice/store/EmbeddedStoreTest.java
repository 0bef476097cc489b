package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assistantservice.identity.MessageId;
import org.assistantservice.model.EstimatedTokens;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunJournal.Lease;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest {
    @TempDir private Path directory;
    private final SettableClock clock = new SettableClock();

    private EmbeddedStore open() {
        return EmbeddedStore.open(
                new StoreSettings(directory, "", false), null, clock, SqliteStores.PATIENCE);
    }

    private Path database() {
        return directory.resolve("assistant-service.db");
    }

    private Run acceptOne(EmbeddedStore store) {
        return Given.accepted(store.journal().accept(Given.onNewThread("Hello"))).run();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everythingIsThereAfterReopening() {
        Run run;
        try (EmbeddedStore store = open()) {
            run = acceptOne(store);
        }

        try (EmbeddedStore store = open()) {
            assertThat(store.runReads().run(Given.ANNA, run.id())).contains(run);
            assertThat(store.runReads().events(run.id(), RunCursor.start(run.id()), 9)).hasSize(3);
            assertThat(store.threads().find(Given.ANNA, run.threadId())).isPresent();
            assertThat(store.problem()).isEmpty();
        }
    }

    @Test
    void deltasThatStillWaitAreWrittenWhenTheStoreCloses() {
        Run run;
        try (EmbeddedStore store = open()) {
            run = acceptOne(store);
            var delta = new MessageDelta(MessageId.random(), "a");
            store.journal().log(run.id(), List.of(Given.row(1, 2, delta)), () -> {});
        }

        try (EmbeddedStore store = open()) {
            assertThat(store.runReads().lastStored(run.id()))
                    .contains(new RunCursor(run.id(), 1, 2));
        }
    }

    @Test
    void aDirectoryInUseIsRefused() {
        try (EmbeddedStore _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessage(
                            ("The store in %s is in use by another process (assistant-service.lock"
                                            + " is locked): stop that process or choose another"
                                            + " directory")
                                    .formatted(directory.toAbsolutePath()));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRefusedSecondStoreDoesNotOpenTheDirectoryToOtherProcesses() throws Exception {
        try (EmbeddedStore _ = open()) {
            assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class);

            assertThat(isLockedForOtherProcesses()).isTrue();
        }
        assertThat(isLockedForOtherProcesses()).isFalse();
    }

    @Test
    void aRefusedStartLeavesTheDirectoryFree() throws Exception {
        Files.writeString(database(), "");
        assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class);
        Files.delete(database());

        try (EmbeddedStore store = open()) {
            assertThat(acceptOne(store)).isNotNull();
        }
    }

    @Test
    void anEmptyDatabaseFileIsNotFilledAnew() throws Exception {
        Files.writeString(database(), "");

        assertRefused("is empty: restore it from a backup, or delete it to begin anew");
        assertThat(database()).isEmptyFile();
    }

    @Test
    void aMissingDatabaseWithItsLogStillThereIsNotMadeAnew() throws Exception {
        Files.writeString(directory.resolve("assistant-service.db-wal"), "rest");

        assertRefused("is missing, but its log assistant-service.db-wal is there: restore it");
        assertThat(database()).doesNotExist();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(
                database(), "This is no database, and long enough to show it. ".repeat(99));

        assertRefused(
                "cannot be used: [SQLITE_NOTADB] File opened that is not a database file (file is"
                        + " not a database). Restore it from a backup");
    }

    @Test
    void aDamagedDatabaseIsRefusedAndLeftAsItIs() throws Exception {
        try (EmbeddedStore store = open()) {
            for (int i = 0; i < 50; i++) {
                acceptOne(store);
            }
        }
        overwriteThirdPage();
        byte[] before = Files.readAllBytes(database());

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreOpenException.class)
                .hasMessageStartingWith(
                        "The database %s is damaged: ".formatted(database().toAbsolutePath()))
                .hasMessageEndingWith(". Restore it from a backup")
                .message()
                .doesNotContain("\n");
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
    }

    private void overwriteThirdPage() throws IOException {
        try (var file = new RandomAccessFile(database().toFile(), "rw")) {
            file.seek(2 * 4096);
            file.write(new byte[4096]);
        }
    }

    @Test
    void aFlippedByteNeverMakesTheStoreBeginAnew() throws Exception {
        try (EmbeddedStore store = open()) {
            acceptOne(store);
        }
        byte[] intact = Files.readAllBytes(database());
        var random = new Random(42);
        for (int i = 0; i < 100; i++) {
            byte[] damaged = intact.clone();
            damaged[random.nextInt(i < 50 ? 100 : damaged.length)] ^=
                    (byte) (1 + random.nextInt(255));
            Files.write(database(), damaged);

            try (EmbeddedStore store = open()) {
                assertThat(store.problem()).isEmpty();
            } catch (StoreOpenException e) {
                assertThat(e).message().startsWith("The database ").doesNotContain("\n");
            }

            assertThat(Files.size(database())).isEqualTo(intact.length);
        }
    }

    @Test
    void tablesOfANewerServiceAreRefused() throws Exception {
        open().close();
        execute("PRAGMA user_version = 99");

        assertRefused(
                "has tables of version 99, newer than this service's 5: start the newer service");
    }

    @Test
    void anEmbeddedDatabaseIsRefusedWhereDisksDoNotLast() {
        assertThatThrownBy(() ->
                        EmbeddedStore.open(new StoreSettings(directory, "", false), "chat", clock))
                .isInstanceOf(StoreOpenException.class)
                .hasMessage(
                        "The embedded database does not survive on Cloud Run (K_SERVICE is chat):"
                                + " set ALLOW_EPHEMERAL_STORE=true to accept the loss of all"
                                + " threads");
        EmbeddedStore.open(new StoreSettings(directory, "", true), "chat", clock).close();
    }

    @Test
    void aDatabaseServerIsRefusedWithoutShowingItsPassword() {
        var settings = new StoreSettings(directory, "jdbc:postgresql://u:secret@db/x", false);
        String problem =
                "assistant-service.store.database-url (DATABASE_URL) is set, but PostgreSQL is not"
                        + " available in this version: remove it to use the embedded database";

        assertThat(settings.problems()).containsExactly(problem);
        assertThatThrownBy(() -> EmbeddedStore.open(settings, null, clock))
                .isInstanceOf(StoreOpenException.class)
                .hasMessage(problem);
    }

    @Test
    void theSchemaVersionIsThatOfTheNewestMigration() {
        var newest =
                Flyway.configure()
                        .dataSource("jdbc:sqlite:" + directory.resolve("other.db"), null, null)
                        .load()
                        .info()
                        .pending();

        assertThat(newest[newest.length - 1].getVersion().getVersion())
                .isEqualTo(String.valueOf(SqliteFile.SCHEMA_VERSION));
    }

    @Test
    void tablesOfTheFirstServiceAreBroughtToThisOnes() throws Exception {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + database(), null, null)
                .target("1")
                .load()
                .migrate();
        execute("PRAGMA user_version = 1");

        try (EmbeddedStore store = open()) {
            Run run = acceptOne(store);
            assertThat(store.runReads().history(run, Given.WINDOW)).hasSize(1);
        }
    }

    @Test
    void messagesFromBeforeTokensWereCountedAreCountedWhenRead() throws Exception {
        var first = Given.onNewThread("one");
        var second = Given.on(first.spec().threadId(), "two", first.policy());
        try (EmbeddedStore store = open()) {
            Given.accepted(store.journal().accept(first));
            Given.accepted(store.journal().accept(second));
            store.journal().cancel(Given.ANNA, second.spec().id(), Given.NOW);
        }
        execute("UPDATE messages SET estimated_tokens = NULL");

        try (EmbeddedStore store = open()) {
            Run last = store.runReads().run(Given.ANNA, second.spec().id()).orElseThrow();
            int both = EstimatedTokens.ofMessage("one") + EstimatedTokens.ofMessage("two");
            assertThat(store.runReads().history(last, new HistoryWindow(9, both))).hasSize(2);
            assertThat(store.runReads().history(last, new HistoryWindow(9, both - 1))).hasSize(1);
        }
    }

    @Test
    void aListGoesOnFromTheFormerPlaceOfADeletedMessage() throws Exception {
        var first = Given.onNewThread("one");
        var second = Given.on(first.spec().threadId(), "two", first.policy());
        try (EmbeddedStore store = open()) {
            Given.accepted(store.journal().accept(first));
            Given.accepted(store.journal().accept(second));
            store.journal().cancel(Given.ANNA, second.spec().id(), Given.NOW);
        }
        execute(
                "INSERT INTO deleted_messages SELECT tenant_id, thread_id, id, seq FROM messages"
                        + " WHERE seq = 1");
        execute("DELETE FROM messages WHERE seq = 1");

        try (EmbeddedStore store = open()) {
            var afterDeleted = new PageRequest(9, false, first.message().id().value(), null);
            List<Message> rest =
                    store.threads()
                            .messages(Given.ANNA, first.spec().threadId(), afterDeleted, null)
                            .data();
            assertThat(rest).containsExactly(second.message());
        }
    }

    @Test
    void equalListsOfFunctionsAreStoredOnce() throws Exception {
        try (EmbeddedStore store = open()) {
            acceptOne(store);
            acceptOne(store);
        }

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM tool_lists")) {
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void aLotIsForgottenInSmallTransactions() {
        int runs = 2 * Endings.FORGOTTEN_AT_ONCE + 1;
        try (EmbeddedStore store = open()) {
            List<Run> over = IntStream.range(0, runs).mapToObj(_ -> acceptOne(store)).toList();
            over.forEach(run -> finish(store, run));
            long before = store.commits();

            store.journal().forget(Given.LATER.plusSeconds(1));

            assertThat(store.commits() - before).isEqualTo(3);
            assertThat(over).allMatch(run -> store.runReads().lastStored(run.id()).isEmpty());
        }
    }

    private static void finish(EmbeddedStore store, Run run) {
        store.journal()
                .finish(
                        new Lease(run.id(), 1, Given.OWNER),
                        Given.completed(run),
                        List.of(),
                        List.of(),
                        List.of());
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreOpenException.class)
                .hasMessage("The database %s %s".formatted(database().toAbsolutePath(), problem));
    }

    /// Asks the operating system, which does not know of locks between threads.
    private boolean isLockedForOtherProcesses() throws Exception {
        String inode =
                ":" + Files.getAttribute(directory.resolve("assistant-service.lock"), "unix:ino");
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            return locks.anyMatch(lock -> lock.contains(inode + " "));
        }
    }
}
