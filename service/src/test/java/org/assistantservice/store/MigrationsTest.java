package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class MigrationsTest {
    private static final String TABLES =
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'flyway%'"
                    + " ORDER BY type, name";

    @TempDir private Path directory;

    @Test
    void theScriptsAreThoseThatFlywayFinds() {
        var found = Flyway.configure().dataSource(source(file("any.db"))).load().info().pending();

        assertThat(Arrays.stream(found).map(it -> it.getScript()))
                .containsExactlyElementsOf(Migrations.SCRIPTS);
        assertThat(Arrays.stream(found).map(it -> it.getVersion().getVersion()))
                .isEqualTo(
                        Stream.iterate(1, it -> it + 1)
                                .limit(Migrations.NEWEST)
                                .map(String::valueOf)
                                .toList());
    }

    @Test
    void aNewFileHasTheTablesThatFlywayMakesAndSaysTheirVersion() throws Exception {
        Path made = file("made.db");
        Path migrated = file("migrated.db");

        Migrations.create(made);
        Flyway.configure().dataSource(source(migrated)).load().migrate();

        assertThat(texts(made, TABLES)).hasSizeGreaterThan(9).isEqualTo(texts(migrated, TABLES));
        assertThat(texts(made, "PRAGMA user_version"))
                .containsExactly(String.valueOf(Migrations.NEWEST));
        assertThat(texts(made, "PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void whatAnInterruptedStartLeftIsMadeAnew() throws Exception {
        Path made = file("made.db");
        Path unfinished = Files.writeString(file("made.db.new"), "a half");

        Migrations.create(made);

        assertThat(texts(made, TABLES)).isNotEmpty();
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aFileThatWasMadeWholeIsBroughtToTheNewestVersionFromItsOwn() throws Exception {
        Path made = file("made.db");
        Path migrated = file("migrated.db");
        Migrations.create(migrated);
        // A whole file of the first service would be this.
        Flyway.configure().dataSource(source(made)).target("1").load().migrate();
        execute(made, "DROP TABLE flyway_schema_history");

        Migrations.upgrade(source(made), 1);

        assertThat(texts(made, TABLES)).isEqualTo(texts(migrated, TABLES));
        assertThat(texts(made, "SELECT version FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aFirstStartOfAnOlderServiceThatWasCutOffIsTakenUp() throws Exception {
        Path begun = file("begun.db");
        Path migrated = file("migrated.db");
        Migrations.create(migrated);
        execute(begun, "PRAGMA journal_mode = WAL");

        Migrations.upgrade(source(begun), 0);

        assertThat(texts(begun, TABLES)).isEqualTo(texts(migrated, TABLES));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static SQLiteDataSource source(Path file) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Path file, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
