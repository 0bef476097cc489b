package org.assistantservice.store;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.assistantservice.identity.Sha256;
import org.assistantservice.identity.TenantId;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.run.RunSpec;
import org.jdbi.v3.core.Handle;

/// Table `tool_lists`. The functions of an assistant may weigh hundreds of kilobytes, and every run
/// has them: a list is encoded, stored and decoded once and known by its digest from then on.
/// Thread-safe.
final class ToolLists {
    private static final int MAX_REMEMBERED = 256;

    private final ConcurrentHashMap<String, List<ToolSpec>> byDigest = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Encoded> byVersion = new ConcurrentHashMap<>();

    /// @param digest SHA-256 of the JSON, in hexadecimal
    record Encoded(List<ToolSpec> tools, String json, String digest) {}

    /// The tools of a run as they are stored.
    Encoded encode(RunSpec spec) {
        String version = spec.assistantId() + "/" + spec.assistantVersion();
        Encoded known = byVersion.get(version);
        if (known != null && known.tools().equals(spec.tools())) {
            return known;
        }
        String json = StoredJson.write(spec.tools());
        Encoded made = new Encoded(spec.tools(), json, Sha256.hex(json));
        remember(byVersion, version, made);
        // What is read back is the very list that was offered, so that the model's client knows it.
        remember(byDigest, made.digest(), made.tools());
        return made;
    }

    void keep(Handle handle, TenantId tenant, Encoded tools) {
        if (!isKept(handle, tenant, tools.digest())) {
            handle.createUpdate(
                            """
                            INSERT INTO tool_lists (tenant_id, digest, tools_json)
                            VALUES (:tenant, :digest, :tools)
                            """)
                    .bind("tenant", tenant.value())
                    .bind("digest", tools.digest())
                    .bind("tools", tools.json())
                    .execute();
        }
    }

    private static boolean isKept(Handle handle, TenantId tenant, String digest) {
        return handle.createQuery(
                        "SELECT 1 FROM tool_lists WHERE tenant_id = :tenant AND digest = :digest")
                .bind("tenant", tenant.value())
                .bind("digest", digest)
                .map((_, _) -> true)
                .findOne()
                .isPresent();
    }

    List<ToolSpec> load(Handle handle, TenantId tenant, String digest) {
        List<ToolSpec> known = byDigest.get(digest);
        if (known != null) {
            return known;
        }
        List<ToolSpec> tools =
                handle.createQuery(
                                """
                                SELECT tools_json FROM tool_lists
                                WHERE tenant_id = :tenant AND digest = :digest
                                """)
                        .bind("tenant", tenant.value())
                        .bind("digest", digest)
                        .map((row, _) ->
                                List.copyOf(
                                        StoredJson.readList(
                                                row.getString("tools_json"), ToolSpec.class)))
                        .one();
        remember(byDigest, digest, tools);
        return tools;
    }

    private static <V> void remember(ConcurrentHashMap<String, V> map, String key, V value) {
        if (map.size() >= MAX_REMEMBERED) {
            map.clear();
        }
        map.put(key, value);
    }
}
