package org.assistantservice.scripts.doctor;

import java.util.List;
import java.util.Optional;
import org.assistantservice.assistant.AssistantStore;
import org.assistantservice.assistant.StoredConfig;
import org.assistantservice.identity.AssistantId;

/// Reads another store and writes nothing, to see what a registration would say.
///
/// @param store what is read
record DryStore(AssistantStore store) implements AssistantStore {
    @Override
    public String location() {
        return store.location();
    }

    @Override
    public List<StoredConfig> list() {
        return store.list();
    }

    @Override
    public Optional<StoredConfig> read(AssistantId id) {
        return store.read(id);
    }

    @Override
    public String write(AssistantId id, String json, Precondition precondition) {
        return "not written";
    }

    @Override
    public void delete(AssistantId id, String generation) {
        throw new UnsupportedOperationException("A check deletes nothing");
    }
}
