package org.assistantservice.protocol.commander;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.record.RecordStore;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.thread.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserKey KEY = new UserKey(Samples.ANNA, "ann");
    private static final CreateRequest ASKED = new CreateRequest("ann", "n", "i", List.of());

    @TempDir private Path directory;
    private EmbeddedStore store;

    @BeforeEach
    void open() {
        store = Samples.store(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aUserWhoseStoringIsUncertainKeepsTheThread() {
        Room room = new Room(new Committing(store.records()), NOW);

        assertThatThrownBy(() -> room.creation.create(Samples.ANNA, ASKED))
                .isInstanceOf(StoreUnavailableException.class);

        User stored = room.users.find(KEY).orElseThrow();
        assertThat(store.threads().find(Samples.ANNA, stored.threadId())).isPresent();
        later().leftovers.run();
        assertThat(store.threads().find(Samples.ANNA, stored.threadId())).isPresent();
    }

    @Test
    void whatAFailureLeftIsDiscardedWhenNobodyCanBeAtWorkOnIt() throws Exception {
        Room room = new Room(store.records(), NOW);
        User user = room.creation.create(Samples.ANNA, ASKED);
        room.users.remove(KEY);

        room.leftovers.run();
        assertThat(store.threads().find(Samples.ANNA, user.threadId())).isPresent();
        later().leftovers.run();

        assertThat(store.threads().find(Samples.ANNA, user.threadId())).isEmpty();
        assertThat(room.folders.list(Samples.ANNA.tenant(), 0)).isEmpty();
    }

    private Room later() {
        return new Room(store.records(), NOW.plus(Duration.ofMinutes(61)));
    }

    /// The parts of the room, at a time.
    private final class Room {
        final Users users;
        final ImageFolders folders;
        final Leftovers leftovers;
        final Creation creation;

        Room(RecordStore records, Instant now) {
            Clock clock = Clock.fixed(now, ZoneOffset.UTC);
            FileStore files =
                    new FileStore(records, Samples.files(directory), InstantSource.fixed(now));
            users = new Users(records, Samples.settings());
            folders = new ImageFolders(records, clock);
            leftovers = new Leftovers(users, folders, store.threads(), files, clock);
            creation =
                    new Creation(
                            users,
                            folders,
                            store.threads(),
                            new FileDownloads(files, Samples.settings()),
                            leftovers,
                            clock);
        }
    }

    /// Stores users, but answers as if it did not know.
    private record Committing(RecordStore store) implements RecordStore {
        @Override
        public Optional<Row> put(Space space, String key, String json) {
            Optional<Row> before = store.put(space, key, json);
            if (space.namespace().equals("commander.users")) {
                throw new StoreUnavailableException("The store did not answer in time");
            }
            return before;
        }

        @Override
        public Optional<Row> find(Space space, String key) {
            return store.find(space, key);
        }

        @Override
        public boolean add(Space space, String key, String json, long most) {
            return store.add(space, key, json, most);
        }

        @Override
        public Optional<Row> remove(Space space, String key) {
            return store.remove(space, key);
        }

        @Override
        public void clear(Space space) {
            store.clear(space);
        }

        @Override
        public List<Row> list(Space space, long after, int limit) {
            return store.list(space, after, limit);
        }

        @Override
        public List<Row> oldest(Space space, long after, Most most) {
            return store.oldest(space, after, most);
        }

        @Override
        public List<Row> newest(Space space, Most most) {
            return store.newest(space, most);
        }

        @Override
        public long count(Space space) {
            return store.count(space);
        }
    }
}
