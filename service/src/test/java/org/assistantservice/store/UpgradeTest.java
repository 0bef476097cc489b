package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadAlias;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that the second service wrote, or the third one after it, opened by this one.
final class UpgradeTest {
    private static final ThreadId THREAD = new ThreadId("thread_AAAAAAAAAAAAAAAAAAAAAAAA");
    private static final RunId DONE = new RunId("run_AAAAAAAAAAAAAAAAAAAAAAAA");
    private static final RunId ACTIVE = new RunId("run_BBBBBBBBBBBBBBBBBBBBBBBB");
    private static final RunId QUEUED = new RunId("run_CCCCCCCCCCCCCCCCCCCCCCCC");

    /// Where the columns of a table are now.
    private static final Map<String, String> BEFORE_AND_NOW = new LinkedHashMap<>();

    static {
        for (String table :
                List.of(
                        "assistants",
                        "tool_lists",
                        "threads",
                        "messages",
                        "deleted_messages",
                        "run_steps",
                        "tool_calls",
                        "approvals",
                        "run_events",
                        "idempotency")) {
            BEFORE_AND_NOW.put(table, table);
        }
        BEFORE_AND_NOW.put("runs", "runs JOIN run_requests USING (tenant_id, id)");
    }

    @TempDir private Path directory;

    @BeforeEach
    void fillTheOldDatabase() throws SQLException {
        flyway("").target("2").load().migrate();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA foreign_keys = ON");
            for (String sql : OldRows.INSERTS.split(";", -1)) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate("PRAGMA user_version = 2");
        }
    }

    private FluentConfiguration flyway(String options) {
        return Flyway.configure().dataSource(url() + options, null, null);
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve(SqliteFile.FILE_NAME);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private EmbeddedStore open() {
        return EmbeddedStore.open(
                new StoreSettings(directory, "", false),
                null,
                new SettableClock(),
                SqliteStores.PATIENCE);
    }

    @Test
    void everyRowIsThereWithAllItsValues() throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String table : BEFORE_AND_NOW.keySet()) {
            List<String> names = columns(table);
            columns.put(table, names);
            before.put(table, rows(names, table));
        }

        open().close();

        for (var table : columns.entrySet()) {
            String now = BEFORE_AND_NOW.getOrDefault(table.getKey(), table.getKey());
            assertThat(before.get(table.getKey())).isNotEmpty();
            assertThat(rows(table.getValue(), now)).isEqualTo(before.get(table.getKey()));
        }
        assertThat(texts("SELECT name FROM sqlite_schema WHERE name LIKE '%before%'")).isEmpty();
    }

    @Test
    void noRowIsLostWhereForeignKeysAreEnforcedMeanwhile() throws SQLException {
        flyway("?foreign_keys=true").load().migrate();

        for (String table : BEFORE_AND_NOW.values()) {
            assertThat(texts("SELECT 1 FROM " + table)).isNotEmpty();
        }
        assertThat(texts("PRAGMA foreign_key_check")).isEmpty();
    }

    @Test
    void aFileOfTheThirdServiceKeepsItsRowsAndGetsTheNewTables() throws SQLException {
        flyway("").target("3").load().migrate();
        // A file that the third service made whole has no history.
        execute("DROP TABLE flyway_schema_history");
        execute("PRAGMA user_version = 3");
        Map<String, List<String>> before = contents();

        open().close();

        assertThat(contents()).isEqualTo(before);
        assertThat(texts("PRAGMA foreign_key_check")).isEmpty();
        assertThat(texts("PRAGMA user_version")).containsExactly("" + Migrations.NEWEST);
        try (EmbeddedStore store = open()) {
            var space = new Space(TenantId.DEFAULT, "demo.users");
            ChatThread named = Given.thread(Given.BEN);
            store.records().put(space, "anna", "{}");
            assertThat(store.records().find(space, "anna")).contains(new Row("anna", 1, "{}"));
            assertThat(store.aliases().named(new ThreadAlias("demo", "mine"), named))
                    .isEqualTo(named.id());
        }
    }

    private Map<String, List<String>> contents() throws SQLException {
        Map<String, List<String>> contents = new LinkedHashMap<>();
        for (String table : BEFORE_AND_NOW.values()) {
            contents.put(table, rows(columns(table.replaceFirst(" .*", "")), table));
        }
        return contents;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatWasStoredIsReadAndGoesOn() {
        try (EmbeddedStore store = open()) {
            Run done = store.runReads().run(Given.ANNA, DONE).orElseThrow();
            assertThat(done.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(done.spec().instructions()).isEqualTo("Be kind.");
            assertThat(store.runReads().events(DONE, RunCursor.start(DONE), 9))
                    .extracting(event -> event.event())
                    .containsExactly(RunChanged.created(asQueued(done)));
            assertThat(store.runReads().steps(Given.ANNA, DONE, PageRequest.oldestFirst(9)).data())
                    .singleElement()
                    .satisfies(step -> assertThat(step.details()).isInstanceOf(ToolCalls.class));

            store.journal().expireLeases();
            Claim taken = claim(store);
            assertThat(taken.run().id()).isEqualTo(ACTIVE);
            assertThat(store.journal().claim(Given.OWNER, Given.LEASE, _ -> false)).isEmpty();
            Run over = Given.completed(taken.run());
            store.journal().finish(taken.lease(), over, List.of(), List.of(), List.of());
            assertThat(claim(store).run().id()).isEqualTo(QUEUED);
        }
    }

    private static Claim claim(EmbeddedStore store) {
        return store.journal().claim(Given.OWNER, Given.LEASE, _ -> false).orElseThrow();
    }

    private static Run asQueued(Run run) {
        return run.with(RunState.QUEUED);
    }

    @Test
    void aThreadStillTakesAllThatIsItsOwnWithIt() throws SQLException {
        try (EmbeddedStore store = open()) {
            assertThat(store.threads().delete(Given.ANNA, THREAD)).isTrue();
        }

        for (String table : BEFORE_AND_NOW.values()) {
            boolean isShared = table.equals("assistants") || table.equals("tool_lists");
            assertThat(texts("SELECT 1 FROM " + table)).hasSize(isShared ? 1 : 0);
        }
        assertThat(texts("SELECT 1 FROM run_requests")).isEmpty();
    }

    private List<String> columns(String table) throws SQLException {
        return texts("SELECT name FROM pragma_table_info('%s')".formatted(table));
    }

    private List<String> rows(List<String> columns, String table) throws SQLException {
        String all = String.join(" || '|' || ", columns.stream().map(UpgradeTest::shown).toList());
        return texts("SELECT %s FROM %s ORDER BY 1".formatted(all, table));
    }

    private static String shown(String column) {
        return "'%s=' || COALESCE(quote(%s), '')".formatted(column, column);
    }

    private List<String> texts(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
