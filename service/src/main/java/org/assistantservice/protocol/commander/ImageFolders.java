package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.record.RecordStore;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which thread each image folder stands for. A folder is stored before anything is made for its
/// user and forgotten after everything is deleted, so that what a crash leaves is found again.
/// Calls block; thread-safe.
@Singleton
final class ImageFolders {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RecordStore records;
    private final Clock clock;

    /// A folder and what it stands for.
    record Folder(String name, UserKey user, ThreadId threadId, Instant createdAt) {}

    ImageFolders(RecordStore records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    void add(String name, UserKey user, ThreadId threadId) {
        String json =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("owner", user.owner().name())
                                .put("user_name", user.userName())
                                .put("thread_id", threadId.value())
                                .put("created_at", clock.millis()));
        records.put(space(user.owner().tenant()), name, json);
    }

    Optional<Folder> find(TenantId tenant, String name) {
        return records.find(space(tenant), name).map(row -> folder(tenant, row));
    }

    void remove(TenantId tenant, String name) {
        records.remove(space(tenant), name);
    }

    /// A part of all folders.
    ///
    /// @param after place of the last folder of the part before, 0 for the first part
    List<Placed> list(TenantId tenant, long after) {
        return records.list(space(tenant), after, RecordStore.MAX_LIMIT).stream()
                .map(row -> new Placed(row.seq(), folder(tenant, row)))
                .toList();
    }

    /// A folder with its place among all.
    record Placed(long place, Folder folder) {}

    private static Folder folder(TenantId tenant, Row row) {
        JsonNode json = JSON.readTree(row.json());
        Principal owner = new Principal(tenant, json.required("owner").stringValue());
        return new Folder(
                row.key(),
                new UserKey(owner, json.required("user_name").stringValue()),
                new ThreadId(json.required("thread_id").stringValue()),
                Instant.ofEpochMilli(json.required("created_at").longValue()));
    }

    private static Space space(TenantId tenant) {
        return new Space(tenant, "commander.folders");
    }
}
