package org.assistantservice.protocol.commander;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.protocol.commander.User.UserFile;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import org.assistantservice.store.EmbeddedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private static final TenantId TENANT = Samples.ANNA.tenant();
    private static final Space LISTED = new Space(TENANT, "commander.users");
    private static final Space REST = new Space(TENANT, "commander.user-details");

    @TempDir private Path directory;
    private EmbeddedStore store;
    private Users users;

    @BeforeEach
    void open() {
        store = Samples.store(directory);
        users = new Users(store.records(), Samples.settings());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void allAreListedWithoutTheirInstructions() {
        User ann = user("ann", "folder-1");

        assertThat(users.put(ann)).isEmpty();

        assertThat(users.find(ann.key())).contains(ann);
        assertThat(users.all(TENANT)).containsExactly(ann.listed());
        assertThat(store.records().list(LISTED, 0, 10))
                .singleElement()
                .extracting(Row::json)
                .asString()
                .doesNotContain("You know about stocks.", "data.csv");
    }

    @Test
    void aUserWhoIsReplacedAndRemovedLeavesNothing() {
        User first = user("ann", "folder-1");
        User second = user("ann", "folder-2");
        users.put(first);

        assertThat(users.put(second)).contains(first.listed());
        users.forget(TENANT, "folder-1");
        assertThat(users.find(first.key())).contains(second);
        assertThat(users.remove(first.key())).contains(second.listed());
        assertThat(users.remove(first.key())).isEmpty();
        users.forget(TENANT, "folder-2");

        assertThat(users.find(first.key())).isEmpty();
        assertThat(store.records().list(REST, 0, 10)).isEmpty();
    }

    private static User user(String name, String folder) {
        return new User(
                new UserKey(Samples.ANNA, name),
                folder,
                "Finance",
                "You know about stocks.",
                AssistantId.random(),
                ThreadId.random(),
                List.of(new UserFile(FileId.random(), "data.csv")),
                Instant.ofEpochMilli(1_767_225_600_000L));
    }
}
