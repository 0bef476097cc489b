package org.assistantservice.knowledge;

import java.time.Instant;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.RunId;
import org.assistantservice.record.RecordStore.Row;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files as records, e.g. `{"name": "chart.png", "media_type": "image/png", "bytes": 310, "owner":
/// "anonymous", "run_id": null, "created_at": 1767225600000}`.
final class FileJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FileJson() {}

    static String write(StoredFile file) {
        RunId run = file.runId();
        return JSON.writeValueAsString(
                JSON.createObjectNode()
                        .put("name", file.name())
                        .put("media_type", file.mediaType())
                        .put("bytes", file.bytes())
                        .put("owner", file.owner())
                        .put("run_id", run == null ? null : run.value())
                        .put("created_at", file.createdAt().toEpochMilli()));
    }

    static StoredFile read(Row row) {
        JsonNode json = JSON.readTree(row.json());
        return new StoredFile(
                new FileId(row.key()),
                json.required("name").stringValue(),
                json.required("media_type").stringValue(),
                json.required("bytes").longValue(),
                json.required("owner").stringValue(),
                run(json.required("run_id")),
                Instant.ofEpochMilli(json.required("created_at").longValue()));
    }

    private static @Nullable RunId run(JsonNode id) {
        return id.isNull() ? null : new RunId(id.stringValue());
    }
}
