package org.assistantservice.store;

import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.TenantId;
import org.jdbi.v3.core.Handle;

/// Table `assistants`: each version that a run was accepted with, as it was then.
final class AssistantRows {
    private AssistantRows() {}

    static void keep(Handle handle, TenantId tenant, Assistant assistant) {
        boolean isKept =
                handle.createQuery(
                                """
                                SELECT 1 FROM assistants
                                WHERE tenant_id = :tenant AND id = :id AND version = :version
                                """)
                        .bind("tenant", tenant.value())
                        .bind("id", assistant.id().value())
                        .bind("version", assistant.version())
                        .map((_, _) -> true)
                        .findOne()
                        .isPresent();
        if (!isKept) {
            handle.createUpdate(
                            """
                            INSERT INTO assistants (tenant_id, id, version, config_json)
                            VALUES (:tenant, :id, :version, :config)
                            """)
                    .bind("tenant", tenant.value())
                    .bind("id", assistant.id().value())
                    .bind("version", assistant.version())
                    .bind("config", StoredJson.write(assistant))
                    .execute();
        }
    }

    static Assistant find(Handle handle, TenantId tenant, AssistantId id, String version) {
        return handle.createQuery(
                        """
                        SELECT config_json FROM assistants
                        WHERE tenant_id = :tenant AND id = :id AND version = :version
                        """)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .bind("version", version)
                .map((row, _) -> StoredJson.read(row.getString("config_json"), Assistant.class))
                .one();
    }
}
