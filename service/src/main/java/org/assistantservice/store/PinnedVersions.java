package org.assistantservice.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.RunSpec;
import org.jdbi.v3.core.Handle;

/// What a run only refers to: its assistant's version and its list of functions, which may weigh
/// hundreds of kilobytes. They are stored with the first run that has them and never deleted, so
/// what is known to be on disk needs no look. Thread-safe.
final class PinnedVersions {
    private static final int MAX_REMEMBERED = 1024;

    private final ToolLists toolLists;
    private final Map<Pin, Boolean> onDisk = new ConcurrentHashMap<>();
    private final Map<Version, Assistant> assistants = new ConcurrentHashMap<>();

    private record Version(TenantId tenant, String assistant, String version) {}

    private record Pin(Version version, String tools) {}

    PinnedVersions(ToolLists toolLists) {
        this.toolLists = toolLists;
    }

    /// Stores what a run refers to unless it is there. Called within a transaction.
    void keep(Handle handle, TenantId tenant, Assistant assistant, ToolLists.Encoded tools) {
        if (!onDisk.containsKey(pin(tenant, assistant, tools))) {
            AssistantRows.keep(handle, tenant, assistant);
            toolLists.keep(handle, tenant, tools);
        }
    }

    /// The transaction that kept it is on disk.
    void committed(TenantId tenant, Assistant assistant, ToolLists.Encoded tools) {
        if (onDisk.size() >= MAX_REMEMBERED) {
            onDisk.clear();
        }
        onDisk.put(pin(tenant, assistant, tools), true);
    }

    /// The version of an assistant that a run was accepted with.
    Assistant assistant(Handle handle, RunSpec spec) {
        TenantId tenant = spec.principal().tenant();
        var version = new Version(tenant, spec.assistantId().value(), spec.assistantVersion());
        return Optional.ofNullable(assistants.get(version))
                .orElseGet(() -> load(handle, spec, version));
    }

    private Assistant load(Handle handle, RunSpec spec, Version version) {
        Assistant loaded =
                AssistantRows.find(
                        handle, version.tenant(), spec.assistantId(), spec.assistantVersion());
        if (assistants.size() >= MAX_REMEMBERED) {
            assistants.clear();
        }
        assistants.put(version, loaded);
        return loaded;
    }

    private static Pin pin(TenantId tenant, Assistant assistant, ToolLists.Encoded tools) {
        return new Pin(
                new Version(tenant, assistant.id().value(), assistant.version()), tools.digest());
    }
}
