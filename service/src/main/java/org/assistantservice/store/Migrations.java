package org.assistantservice.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteDataSource;

/// The versions of the tables. A new file gets them all at once, without Flyway, which would be a
/// fifth of a start; Flyway brings existing files to the newest version, whoever made them.
final class Migrations {
    /// In order: the first makes version 1. A test compares them with what Flyway finds.
    static final List<String> SCRIPTS =
            List.of(
                    "V1__runs.sql",
                    "V2__growth.sql",
                    "V3__fewer_pages.sql",
                    "V4__records.sql",
                    "V5__thread_aliases.sql");

    /// Number of the newest migration.
    static final int NEWEST = SCRIPTS.size();

    private static final String FOLDER = "/db/migration/";
    private static final String UNFINISHED = ".new";

    private Migrations() {}

    /// Makes a file with all tables. It appears whole and on disk, or not at all: a start that was
    /// cut off here can be repeated.
    static void create(Path file) throws IOException, SQLException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + unfinished.toAbsolutePath());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // Nobody reads the file before it is whole, so it needs no journal of its own.
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            for (String script : SCRIPTS) {
                statement.executeUpdate(text(script));
            }
            statement.execute("PRAGMA user_version = " + NEWEST);
        }
        force(unfinished, StandardOpenOption.WRITE);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.resolveSibling("."), StandardOpenOption.READ);
    }

    /// Brings an existing file to the newest version.
    ///
    /// @param version what the file says it has, 0 if an older service was cut off at its first
    ///   start
    static void upgrade(DataSource source, int version) {
        FluentConfiguration flyway =
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:db/migration")
                        .ignoreMigrationPatterns(new String[0]);
        if (version > 0) {
            // Files that were made whole have no history; Flyway begins one at their version.
            flyway.baselineOnMigrate(true).baselineVersion(String.valueOf(version));
        }
        flyway.load().migrate();
    }

    private static String text(String script) throws IOException {
        try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + script)) {
            if (in == null) {
                throw new FileNotFoundException("The service lacks its migration " + script);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
