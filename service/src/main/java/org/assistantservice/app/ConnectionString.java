package org.assistantservice.app;

import java.util.Optional;

/// The database as older clients' settings name it, `SQL_CONN_STR`: an address of SQLAlchemy.
final class ConnectionString {
    private static final String FILE = "sqlite:///";

    private ConnectionString() {}

    /// The same database as `DATABASE_URL` names it; empty for an address of another form.
    static Optional<String> databaseUrl(String connection) {
        String address = connection.strip();
        return address.startsWith(FILE) && address.length() > FILE.length()
                ? Optional.of("jdbc:sqlite:" + address.substring(FILE.length()))
                : Optional.empty();
    }
}
