package org.assistantservice.samples.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The shop's database: one SQLite file, filled on first use. Thread-safe; one transaction at a
/// time.
///
/// The service may run two versions of this pack at once, each with its own copy of the SQLite
/// library, and two copies in one process do not see each other's file locks. So a lock file keeps
/// them apart, and no connection stays open between transactions.
final class SupportDatabase implements AutoCloseable {
    private static final String SCRIPT = "support.sql";
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\\R");
    private static final int LOCK_POLL_MILLIS = 5;

    private final Path lockFile;
    private final SQLiteDataSource source;

    /// @param folder exists; the database is made in it when first used
    SupportDatabase(Path folder) {
        lockFile = folder.resolve("support.lock");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("support.db"));
    }

    /// Runs `work` in a transaction of its own: all of it is on disk when this returns, or none.
    ///
    /// @throws DatabaseException if the database fails
    <T> T inTransaction(Work<T> work) throws InterruptedException {
        try (FileChannel file = openLockFile();
                FileLock _ = lock(file);
                Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            seed(connection);
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | IOException e) {
            throw new DatabaseException("The support database failed: " + e.getMessage(), e);
        }
    }

    /// Takes the driver back that SQLite left with `DriverManager`, which would keep this pack's
    /// class loader for ever.
    @Override
    public void close() {
        List<Driver> ours =
                DriverManager.drivers()
                        .filter(it -> it.getClass().getClassLoader() == getClass().getClassLoader())
                        .filter(org.sqlite.JDBC.class::isInstance)
                        .toList();
        for (Driver driver : ours) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                throw new DatabaseException("The driver of SQLite could not be taken back", e);
            }
        }
    }

    private FileChannel openLockFile() throws IOException {
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel file) throws IOException, InterruptedException {
        while (true) {
            try {
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Another thread or another version of this pack has it.
                Thread.onSpinWait();
            }
            Thread.sleep(LOCK_POLL_MILLIS);
        }
    }

    private static void seed(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
                version.next();
                if (version.getInt(1) > 0) {
                    return;
                }
            }
            for (String sql : END_OF_STATEMENT.split(script())) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate("PRAGMA user_version = 1");
        }
    }

    private static String script() throws IOException {
        try (InputStream file = SupportDatabase.class.getResourceAsStream(SCRIPT)) {
            if (file == null) {
                throw new IOException(SCRIPT + " is missing beside SupportDatabase");
            }
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DatabaseException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
