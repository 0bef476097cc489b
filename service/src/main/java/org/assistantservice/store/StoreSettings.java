package org.assistantservice.store;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.List;

/// Where threads and runs are kept; configured under `assistant-service.store`.
///
/// @param directory folder of the embedded database, made if missing
/// @param databaseUrl address of a database server; `jdbc:sqlite:<file>` for the embedded database
///   in that file, empty for the one in `directory`
/// @param allowEphemeral whether the embedded database may be used where disks do not last
@ConfigurationProperties("assistant-service.store")
public record StoreSettings(
        @Bindable(defaultValue = "data") Path directory,
        @Bindable(defaultValue = "") String databaseUrl,
        @Bindable(defaultValue = "false") boolean allowEphemeral) {
    private static final String EMBEDDED = "jdbc:sqlite:";

    /// The file of the embedded database.
    Path file() {
        return isEmbedded()
                ? Path.of(databaseUrl.strip().substring(EMBEDDED.length()))
                : directory.resolve(SqliteFile.FILE_NAME);
    }

    /// What is wrong with these settings: setting, rule and remedy, one sentence each. Never shows
    /// the database address, which may hold a password.
    public List<String> problems() {
        return databaseUrl.isBlank() || isEmbedded()
                ? List.of()
                : List.of(
                        "assistant-service.store.database-url (DATABASE_URL) is set, but PostgreSQL"
                                + " is not available in this version: remove it to use the"
                                + " embedded database");
    }

    private boolean isEmbedded() {
        return databaseUrl.strip().startsWith(EMBEDDED)
                && databaseUrl.strip().length() > EMBEDDED.length();
    }
}
