package org.assistantservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteDataSource;

/// The file of the embedded database: checked, brought to this version's tables, and opened.
final class SqliteFile {
    static final String FILE_NAME = "assistant-service.db";

    /// A file that says it has this version needs no look at the migrations.
    static final int SCHEMA_VERSION = Migrations.NEWEST;

    /// Commits are on disk when they return, and with them all before.
    static final String DURABLE = "PRAGMA synchronous = FULL";

    /// Commits survive a crash of the process, but do not wait for the disk. Not to be said within
    /// a transaction.
    static final String RELAXED = "PRAGMA synchronous = NORMAL";

    /// Bigger files are not read through at start.
    private static final long MAX_CHECKED_BYTES = 64L << 20;

    private static final List<String> PRAGMAS =
            List.of(
                    "PRAGMA busy_timeout = 2000",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA journal_size_limit = 67108864",
                    "PRAGMA cache_size = -8192",
                    // What undoes a part of a transaction is kept in a file of its own otherwise.
                    "PRAGMA temp_store = MEMORY",
                    // A page that several runs change is written to the file once: with 16 MiB of
                    // log half as many are as with the usual 4.
                    "PRAGMA wal_autocheckpoint = 4000");

    private final Path file;
    private final SQLiteDataSource source = new SQLiteDataSource();

    /// The usual file of a directory.
    SqliteFile(Path directory) {
        this(directory, FILE_NAME);
    }

    SqliteFile(Path directory, String name) {
        this.file = directory.resolve(name);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        // Nobody asks for them, and they cost a query after each insert.
        source.getConfig().setGetGeneratedKeys(false);
    }

    /// Checks an existing file or makes a new one, with all tables.
    ///
    /// @throws StoreOpenException if the file is damaged, not writable or newer than this version;
    ///   it is left as it is
    void prepare() {
        boolean isNew = !Files.exists(file);
        checkFile(isNew);
        if (isNew) {
            create();
        }
        try (Connection connection = connect()) {
            int version = number(connection, "PRAGMA user_version");
            if (version > SCHEMA_VERSION) {
                throw problem(
                        "has tables of version %d, newer than this service's %d: start the newer service"
                                .formatted(version, SCHEMA_VERSION));
            }
            checkContent(connection, isNew);
            if (version < SCHEMA_VERSION) {
                Migrations.upgrade(source, version);
            }
            // Written at each start, to learn now whether the file can be written.
            execute(connection, "BEGIN IMMEDIATE");
            execute(connection, "PRAGMA user_version = " + SCHEMA_VERSION);
            execute(connection, "COMMIT");
        } catch (SQLException | FlywayException e) {
            throw new StoreOpenException(
                    message("cannot be used: " + SqlErrors.text(e) + ". Restore it from a backup"),
                    e);
        }
    }

    private void create() {
        try {
            Migrations.create(file);
        } catch (IOException e) {
            throw new StoreOpenException(message("cannot be made: " + e), e);
        } catch (SQLException e) {
            throw new StoreOpenException(message("cannot be made: " + SqlErrors.text(e)), e);
        }
    }

    private void checkFile(boolean isNew) {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        try {
            if (isNew && Files.exists(log) && Files.size(log) > 0) {
                throw problem(
                        "is missing, but its log " + log.getFileName() + " is there: restore it");
            }
            if (!isNew && Files.size(file) == 0) {
                throw problem("is empty: restore it from a backup, or delete it to begin anew");
            }
        } catch (IOException e) {
            throw new StoreOpenException(message("cannot be read: " + e), e);
        }
        if (!isNew && !Files.isWritable(file)) {
            throw problem("is not writable for this user");
        }
    }

    private void checkContent(Connection connection, boolean isNew) throws SQLException {
        if (!isNew && file.toFile().length() <= MAX_CHECKED_BYTES) {
            String result = text(connection, "PRAGMA quick_check(1)");
            if (!result.equals("ok")) {
                throw problem(
                        "is damaged: "
                                + SqlErrors.text(new SQLException(result))
                                + ". Restore it from a backup");
            }
        }
    }

    /// A connection whose commits are on disk when they return.
    Handle openDurable() {
        return open(DURABLE);
    }

    Handle openForReading() {
        return open("PRAGMA query_only = ON");
    }

    private Handle open(String lastPragma) {
        Jdbi jdbi =
                Jdbi.create(() -> {
                    Connection connection = connect();
                    execute(connection, lastPragma);
                    return connection;
                });
        // By default an error's text shows all bound values, which are what users wrote.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.setStatementBuilderFactory(_ -> new KeptStatements());
        return jdbi.open();
    }

    private Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        for (String pragma : PRAGMAS) {
            execute(connection, pragma);
        }
        return connection;
    }

    private StoreOpenException problem(String text) {
        return new StoreOpenException(message(text));
    }

    private String message(String text) {
        return "The database %s %s".formatted(file.toAbsolutePath(), text);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        return Integer.parseInt(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.getString(1);
        }
    }
}
