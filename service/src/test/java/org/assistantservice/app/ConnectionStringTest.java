package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionStringTest {
    @ParameterizedTest
    @CsvSource({
        "sqlite:///data/chats.db, jdbc:sqlite:data/chats.db",
        "sqlite:////var/lib/chats.db, jdbc:sqlite:/var/lib/chats.db",
        "' sqlite:///chats.db ', jdbc:sqlite:chats.db"
    })
    void aFileIsNamedRelativeOrFromTheRoot(String connection, String databaseUrl) {
        assertThat(ConnectionString.databaseUrl(connection)).contains(databaseUrl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sqlite://", "sqlite:///", "postgresql://db/x", "chats.db"})
    void otherAddressesAreNone(String connection) {
        assertThat(ConnectionString.databaseUrl(connection)).isEmpty();
    }
}
